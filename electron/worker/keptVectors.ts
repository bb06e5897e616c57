import { randomUUID } from 'node:crypto'
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import type { VectorCache } from '#core/itemSpace/vectorCache'
import { vectorsBeside } from '../datasetFolder.ts'

/** Bytes of all vectors of one dataset; the oldest go first. */
const mostBytes = 256e6
const headBytes = 8

/**
 * Item vectors beside the dataset that they were learnt from: a file for each, two numbers (items, width) and
 * the values. A file that can not be read or written costs a training nothing but the time to learn them again.
 * @param dataset path of its file
 */
export function keptVectors(dataset: string): VectorCache {
  const folder = vectorsBeside(dataset)
  const fileOf = (key: string) => join(folder, key)
  return {
    get(key) {
      try {
        const bytes = readFileSync(fileOf(key))
        const [items, width] = [bytes.readInt32LE(0), bytes.readInt32LE(4)]
        if (bytes.length !== headBytes + 4 * items * width) return null
        const values = new Float32Array(
          bytes.buffer.slice(bytes.byteOffset + headBytes, bytes.byteOffset + bytes.length),
        )
        return { items, width, values }
      } catch {
        return null
      }
    },
    put(key, { items, width, values }) {
      const partial = join(folder, `${randomUUID()}.part`)
      try {
        mkdirSync(folder, { recursive: true })
        const head = Int32Array.of(items, width)
        writeFileSync(partial, Buffer.concat([bytesOf(head), bytesOf(values)]))
        renameSync(partial, fileOf(key))
        forgetOldest(folder)
      } catch {
        rmSync(partial, { force: true })
      }
    },
  }
}

const bytesOf = ({ buffer, byteOffset, byteLength }: Int32Array | Float32Array) =>
  new Uint8Array(buffer, byteOffset, byteLength)

function forgetOldest(folder: string): void {
  const files = readdirSync(folder).map((name) => {
    const path = join(folder, name)
    const { size, mtimeMs } = statSync(path)
    return { path, size, mtimeMs }
  })
  files.sort((a, b) => b.mtimeMs - a.mtimeMs)
  let bytes = 0
  for (const { path, size } of files) {
    bytes += size
    if (bytes > mostBytes) rmSync(path, { force: true })
  }
}

import { createHash, randomUUID } from 'node:crypto'
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
import { vectorsBeside } from '../vectorsBeside.ts'

/** Bytes of all vectors of one dataset; the oldest go first. */
const mostBytes = 256e6
/** Items and width, then the SHA-256 of the values. */
const headBytes = 8 + 32

/**
 * Item vectors beside the dataset that they were learnt from: a file for each, its numbers of items and
 * width, a checksum and the values. A file that can not be read or written costs a training nothing but the time to learn them again.
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
        const body = bytes.subarray(headBytes)
        if (!sumOf(body).equals(bytes.subarray(8, headBytes))) return null
        const values = new Float32Array(items * width)
        bytesOf(values).set(body)
        return { items, width, values }
      } catch {
        return null
      }
    },
    put(key, { items, width, values }) {
      const partial = join(folder, `${randomUUID()}.part`)
      try {
        mkdirSync(folder, { recursive: true })
        const [head, body] = [bytesOf(Int32Array.of(items, width)), bytesOf(values)]
        writeFileSync(partial, Buffer.concat([head, sumOf(body), body]))
        renameSync(partial, fileOf(key))
        forgetOldest(folder)
      } catch {
        rmSync(partial, { force: true })
      }
    },
  }
}

const sumOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest()

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

import { createReadStream, createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { Transform } from 'node:stream'
import { finished, pipeline } from 'node:stream/promises'
import { badFile } from '../../plainFile.ts'
import type { InputFile } from './inputFile.ts'
import { brokenPacking, unpacked } from './packing.ts'
import { textCheck } from './textCheck.ts'
import { encodingOf } from './utf8.ts'

/** What unpacking may make of a file: more is a bomb rather than a log. */
const maxRatio = 250
const freeBytes = 64 << 20
const firstPiece = 256 * 1024

/**
 * A plain UTF-8 file with the same text: the file itself where it is one already, else a copy in
 * the folder. Every byte is looked at.
 * @param told called with bytes of the original that are done
 * @throws RpcError `BAD_FILE` naming the line of what is no text, a cut archive, a bomb, a line
 * without end
 */
export async function plainText(
  file: InputFile,
  folder: string,
  told: (bytes: number) => void,
  signal: AbortSignal,
): Promise<string> {
  const encoding = encodingOf(Buffer.from((await headBytesOf(file)).buffer))
  const isPlain = file.packing === null && encoding.name === 'utf-8' && !encoding.hasMark
  let read = 0
  const raw = createReadStream(file.path, { highWaterMark: 1 << 20 })
  raw.on('data', (piece) => told((read += piece.length)))
  const check = textCheck(file.name)
  const stages = [
    unpacked(file, raw),
    bombGuard(file, () => read),
    ...(encoding.name === 'utf-8' ? [] : [transcoder(file.name, encoding.name)]),
    check,
  ]
  const path = join(folder, 'input.txt')
  try {
    if (isPlain) {
      raw.pipe(check).resume()
      await finished(check, { signal })
    } else {
      await pipeline([...stages, createWriteStream(path)], { signal })
    }
  } catch (error) {
    raw.destroy()
    if (signal.aborted) return path
    throw file.packing === null ? error : brokenPacking(file, error)
  }
  return isPlain ? file.path : path
}

async function headBytesOf(file: InputFile): Promise<Uint8Array> {
  const source = unpacked(file, createReadStream(file.path, { end: firstPiece }))
  try {
    for await (const piece of source as AsyncIterable<Uint8Array>)
      return new Uint8Array(piece.subarray(0, 4))
  } catch (error) {
    throw brokenPacking(file, error)
  }
  return new Uint8Array(0)
}

function bombGuard(file: InputFile, read: () => number): Transform {
  let out = 0
  return new Transform({
    transform(piece: Uint8Array, _, done) {
      out += piece.length
      const isBomb = out > freeBytes && out > maxRatio * Math.max(1, read())
      if (isBomb) {
        done(
          badFile(
            `${file.name} unpacks to more than ${maxRatio} times its size: unpack it yourself if this is meant`,
          ),
        )
      } else done(null, piece)
    },
  })
}

function transcoder(name: string, encoding: 'utf-16le' | 'utf-16be'): Transform {
  const decoder = new TextDecoder(encoding, { fatal: true })
  const bad = () => badFile(`${name} holds half a character of UTF-16: save it as UTF-8`)
  return new Transform({
    transform(piece: Uint8Array, _, done) {
      try {
        done(null, Buffer.from(decoder.decode(piece, { stream: true })))
      } catch {
        done(bad())
      }
    },
    flush(done) {
      try {
        done(null, Buffer.from(decoder.decode()))
      } catch {
        done(bad())
      }
    },
  })
}

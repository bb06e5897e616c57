import { createReadStream, createWriteStream } from 'node:fs'
import { isUtf8 } from 'node:buffer'
import { open } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { Transform, type Readable } from 'node:stream'
import { finished, pipeline } from 'node:stream/promises'
import { createGunzip, createZstdDecompress } from 'node:zlib'
import { maxLineBytes } from '#db/duck/source'
import { badFile, plainFileSize, unreadable } from '../../plainFile.ts'

/** What unpacking may make of a file: more is a bomb rather than a log. */
const maxRatio = 250
const freeBytes = 64 << 20
const headBytes = 256 * 1024

type Packing = 'gzip' | 'zstd' | null

export interface InputFile {
  readonly path: string
  readonly name: string // for sentences: never a path
  readonly bytes: number
  readonly packing: Packing
}

/**
 * Looks at a file that somebody named.
 * @throws RpcError `BAD_FILE` when it is no plain file or of a kind that is never read
 */
export async function inputFile(path: string, name = basename(path)): Promise<InputFile> {
  const bytes = await plainFileSize(path)
  const start = await firstBytes(path, 8)
  const [a, b, c, d] = start
  if (a === 0x50 && b === 0x4b && c === 3 && d === 4) {
    throw badFile(`${name} is a zip archive or a spreadsheet: unpack it or save it as CSV`)
  }
  if (a === 0x42 && b === 0x5a && c === 0x68) {
    throw badFile(`${name} is packed by bzip2: unpack it, or pack it by gzip or zstd`)
  }
  if (a === 0xfd && b === 0x37 && c === 0x7a) {
    throw badFile(`${name} is packed by xz: unpack it, or pack it by gzip or zstd`)
  }
  const packing =
    a === 0x1f && b === 0x8b
      ? 'gzip'
      : a === 0x28 && b === 0xb5 && c === 0x2f && d === 0xfd
        ? 'zstd'
        : null
  return { path, name, bytes, packing }
}

export const isParquet = async (path: string): Promise<boolean> =>
  Buffer.from(await firstBytes(path, 4)).toString('latin1') === 'PAR1'

async function firstBytes(path: string, count: number): Promise<Uint8Array> {
  const file = await open(path, 'r').catch((error: unknown) => {
    throw unreadable(path, error)
  })
  try {
    const { bytesRead, buffer } = await file.read(new Uint8Array(count), 0, count, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

export interface Head {
  readonly text: string
  readonly isWhole: boolean
}

/**
 * Text of the first bytes of a file, unpacked.
 * @throws RpcError `BAD_FILE` for what is no text
 */
export async function headOf(file: InputFile): Promise<Head> {
  const pieces: Uint8Array[] = []
  let length = 0
  let isWhole = true
  const source = unpacked(file, createReadStream(file.path, { end: 4 * headBytes }))
  try {
    for await (const piece of source as AsyncIterable<Uint8Array>) {
      pieces.push(piece)
      length += piece.length
      if (length >= headBytes) {
        isWhole = false
        break
      }
    }
  } catch (error) {
    // a cut head of a packed file ends early; a broken one has nothing before
    if (length === 0) throw brokenPacking(file, error)
    isWhole = false
  }
  const bytes = Buffer.concat(pieces)
  const encoding = encodingOf(bytes)
  if (encoding.name === 'utf-8') requireText(file.name, bytes.subarray(0, lastWhole(bytes)))
  try {
    // a cut character at the end is not an error yet
    const decoder = new TextDecoder(encoding.name, { fatal: true })
    return { text: decoder.decode(bytes, { stream: true }), isWhole }
  } catch {
    throw badFile(`${file.name} is not ${encoding.name.toUpperCase()}: save it as UTF-8`)
  }
}

type Encoding = { readonly name: 'utf-8' | 'utf-16le' | 'utf-16be'; readonly hasMark: boolean }

function encodingOf([a = -1, b = -1, c = -1, d = -1]: Uint8Array): Encoding {
  if (a === 0xff && b === 0xfe) return { name: 'utf-16le', hasMark: true }
  if (a === 0xfe && b === 0xff) return { name: 'utf-16be', hasMark: true }
  if (a > 0 && b === 0 && c > 0 && d === 0) return { name: 'utf-16le', hasMark: false }
  if (a === 0 && b > 0 && c === 0 && d > 0) return { name: 'utf-16be', hasMark: false }
  return { name: 'utf-8', hasMark: a === 0xef && b === 0xbb && c === 0xbf }
}

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
  const source = unpacked(file, createReadStream(file.path, { end: headBytes }))
  try {
    for await (const piece of source as AsyncIterable<Uint8Array>)
      return new Uint8Array(piece.subarray(0, 4))
  } catch (error) {
    throw brokenPacking(file, error)
  }
  return new Uint8Array(0)
}

function unpacked(file: InputFile, raw: Readable): Readable {
  if (file.packing === null) return raw
  const unpack = file.packing === 'gzip' ? createGunzip() : createZstdDecompress()
  raw.on('error', (error) => unpack.destroy(error))
  return raw.pipe(unpack)
}

function brokenPacking(file: InputFile, error: unknown): Error {
  if (error instanceof Error && error.name === 'RpcError') return error
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const why =
    code === 'Z_BUF_ERROR' || /unexpected end/i.test(String(error))
      ? 'it ends too early: copy the whole file again'
      : 'what is packed in it is damaged: copy the file again'
  return badFile(`${file.name} can not be unpacked (${file.packing ?? 'plain'}): ${why}`)
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

/** Passes UTF-8 on, without its mark, and throws at what is no text. */
function textCheck(name: string): Transform {
  let carry: Buffer = Buffer.alloc(0)
  let lines = 0
  let isFirst = true
  let sinceLine = 0
  const look = (bytes: Buffer) => {
    requireText(name, bytes, lines)
    const last = bytes.lastIndexOf(10)
    sinceLine = last < 0 ? sinceLine + bytes.length : bytes.length - last
    if (sinceLine > maxLineBytes && !bytes.includes(13)) {
      throw badFile(
        `${name} has a line of more than ${maxLineBytes} bytes: put each row on a line of its own`,
      )
    }
    for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) lines++
  }
  return new Transform({
    readableHighWaterMark: 4 << 20,
    transform(piece: Buffer, _, done) {
      let all = carry.length === 0 ? piece : Buffer.concat([carry, piece])
      if (isFirst && all[0] === 0xef && all[1] === 0xbb && all[2] === 0xbf) all = all.subarray(3)
      isFirst = false
      const whole = lastWhole(all)
      const bytes = all.subarray(0, whole)
      carry = Buffer.from(all.subarray(whole))
      try {
        look(bytes)
      } catch (error) {
        done(error as Error)
        return
      }
      done(null, bytes)
    },
    flush(done) {
      if (carry.length === 0) done()
      else done(badFile(`${name} ends in the middle of a character: copy the whole file again`))
    },
  })
}

/** Length without a character that is cut off at the end. */
function lastWhole(bytes: Uint8Array): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back]!
    if (byte < 0x80) break
    if (byte >= 0xc0) {
      const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2
      return length > back ? bytes.length - back : bytes.length
    }
  }
  return bytes.length
}

function requireText(name: string, bytes: Uint8Array, linesBefore = 0): void {
  if (isUtf8(bytes) && !bytes.includes(0)) return
  let line = linesBefore + 1
  let from = 0
  for (;;) {
    const to = bytes.indexOf(10, from)
    const part = bytes.subarray(from, to < 0 ? bytes.length : to)
    if (part.includes(0)) {
      throw badFile(`${name}, line ${line}: there is a zero byte, so this is not a text file`)
    }
    if (!isUtf8(part)) throw badFile(`${name}, line ${line} is not UTF-8: save the file as UTF-8`)
    if (to < 0) return
    from = to + 1
    line++
  }
}

import { isUtf8 } from 'node:buffer'
import { badFile } from '../../plainFile.ts'

export type Encoding = {
  readonly name: 'utf-8' | 'utf-16le' | 'utf-16be'
  readonly hasMark: boolean
}

/** Of the first bytes of a text, by its mark or by where its zeros are. */
export function encodingOf([a = -1, b = -1, c = -1, d = -1]: Uint8Array): Encoding {
  if (a === 0xff && b === 0xfe) return { name: 'utf-16le', hasMark: true }
  if (a === 0xfe && b === 0xff) return { name: 'utf-16be', hasMark: true }
  if (a > 0 && b === 0 && c > 0 && d === 0) return { name: 'utf-16le', hasMark: false }
  if (a === 0 && b > 0 && c === 0 && d > 0) return { name: 'utf-16be', hasMark: false }
  return { name: 'utf-8', hasMark: a === 0xef && b === 0xbb && c === 0xbf }
}

/** Length without a character that is cut off at the end. */
export function lastWhole(bytes: Uint8Array): number {
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

/** @throws RpcError `BAD_FILE` naming the line of what is no text */
export function requireText(name: string, bytes: Uint8Array, linesBefore = 0): void {
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

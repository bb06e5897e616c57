/** Text of the next bytes, up to the first that is no text; then `problem` says why. */
export interface DecodedText {
  readonly text: string
  readonly problem: string | null
}

/**
 * Turns the bytes of a file into text, piece by piece: UTF-8, with or without a byte order mark,
 * and UTF-16 of either byte order. Strict: what is not text is a problem, never a replacement
 * character. (core has no TextDecoder.)
 */
export interface TextDecoder {
  push(bytes: Uint8Array): DecodedText
  /** Call once after the last piece. */
  end(): DecodedText
}

type Decode = (
  bytes: Uint8Array,
  last: boolean,
) => { text: string; used: number; problem: string | null }

export function textDecoder(): TextDecoder {
  let decode: Decode | null = null
  let carry: Uint8Array = new Uint8Array(0)

  function step(bytes: Uint8Array, last: boolean): DecodedText {
    let all = carry.length === 0 ? bytes : joined(carry, bytes)
    if (decode === null) {
      if (all.length < 4 && !last) {
        carry = all.slice()
        return { text: '', problem: null }
      }
      const opened = open(all)
      if (opened.problem !== null) return { text: '', problem: opened.problem }
      decode = opened.decode
      all = all.subarray(opened.skip)
    }
    const { text, used, problem } = decode(all, last)
    carry = all.slice(used)
    return { text, problem }
  }

  return { push: (bytes) => step(bytes, false), end: () => step(new Uint8Array(0), true) }
}

/** Bytes that are known to be UTF-8, without a look at how they begin. */
export function decodeUtf8(bytes: Uint8Array): string {
  return utf8(bytes, true).text
}

/** What the first bytes say about the rest. */
function open(bytes: Uint8Array): { decode: Decode; skip: number; problem: string | null } {
  const [a = -1, b = -1, c = -1, d = -1] = bytes
  const found = (decode: Decode, skip: number, problem: string | null = null) => ({
    decode,
    skip,
    problem,
  })
  if (a === 0xef && b === 0xbb && c === 0xbf) return found(utf8, 3)
  if (a === 0xff && b === 0xfe) return found(utf16(true), 2)
  if (a === 0xfe && b === 0xff) return found(utf16(false), 2)
  if (a > 0 && b === 0 && c > 0 && d === 0) return found(utf16(true), 0)
  if (a === 0 && b > 0 && c === 0 && d > 0) return found(utf16(false), 0)
  if ((a === 0x1f && b === 0x8b) || (a === 0x50 && b === 0x4b && c === 3 && d === 4)) {
    return found(utf8, 0, 'the file is compressed or a spreadsheet: unpack it or save it as CSV')
  }
  if (a === 0x50 && b === 0x41 && c === 0x52 && d === 0x31) {
    return found(utf8, 0, 'the file is Parquet: export it as CSV')
  }
  return found(utf8, 0)
}

/** Bounds of the second byte by the first, as in the Unicode standard, table 3-7. */
function utf8(bytes: Uint8Array, last: boolean): ReturnType<Decode> {
  let text = ''
  let at = 0
  while (at < bytes.length) {
    const run = at
    while (at < bytes.length && bytes[at]! < 0x80 && bytes[at]! > 0) at++
    text += ascii(bytes, run, at)
    if (at === bytes.length) break
    const lead = bytes[at]!
    if (lead === 0) {
      return { text, used: at, problem: 'there is a zero byte: this is not a text file' }
    }
    const length = lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0
    const low = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80
    const high = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf
    let good = 1
    let code = length === 2 ? lead & 0x1f : length === 3 ? lead & 0x0f : lead & 0x07
    while (good < length && at + good < bytes.length) {
      const next = bytes[at + good]!
      if (good === 1 ? next < low || next > high : next < 0x80 || next > 0xbf) break
      code = (code << 6) | (next & 0x3f)
      good++
    }
    if (length > 0 && good === length) {
      text += String.fromCodePoint(code)
      at += length
    } else if (length > 0 && at + good === bytes.length && !last) {
      break // the rest of the character comes with the next piece
    } else {
      const hex = lead.toString(16).toUpperCase().padStart(2, '0')
      return { text, used: at, problem: `byte 0x${hex} is not UTF-8: save the file as UTF-8` }
    }
  }
  return { text, used: at, problem: null }
}

function utf16(littleEndian: boolean): Decode {
  const [first, second] = littleEndian ? [1, 256] : [256, 1]
  return (bytes, last) => {
    let units = bytes.length >> 1
    const unit = (i: number) => bytes[2 * i]! * first + bytes[2 * i + 1]! * second
    if (last && bytes.length % 2 === 1) {
      return { text: '', used: 0, problem: 'the UTF-16 text ends in the middle of a character' }
    }
    if (!last && units > 0 && (unit(units - 1) & 0xfc00) === 0xd800) units-- // half of a pair
    let text = ''
    const piece: number[] = []
    for (let i = 0; i < units; i++) {
      piece.push(unit(i))
      if (piece.length === 4096 || i === units - 1) text += String.fromCharCode(...piece.splice(0))
    }
    const problem = !text.isWellFormed()
      ? 'the UTF-16 text holds half a character: save the file as UTF-8'
      : text.includes('\0')
        ? 'there is a zero character: this is not a text file'
        : null
    return { text: problem === null ? text : '', used: 2 * units, problem }
  }
}

function ascii(bytes: Uint8Array, from: number, to: number): string {
  let text = ''
  for (let at = from; at < to; at += 8192) {
    text += String.fromCharCode(...bytes.subarray(at, Math.min(to, at + 8192)))
  }
  return text
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const both = new Uint8Array(a.length + b.length)
  both.set(a)
  both.set(b, a.length)
  return both
}

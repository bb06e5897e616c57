import type { ImpressionChunk } from '#core/run/batch'

/**
 * A chunk as bytes, about half of its columns' size: one header, then one column after the other,
 * each integer column as narrow as its values allow, the team and the click of a slot in one byte.
 *
 * Layout, little-endian: u8 format = 1 · u8 width of `user` · u8 width of `shown` · u8 width of the
 * lists · u32 from · u32 count · u32 k · `seconds` f64[n] · `vote` f32[n] · `user` · `shown` ·
 * `listA` · `listB` · slots u8[n × k] = 2 · (team + 1) + clicked · `outcome` u8[n].
 */
export function packChunk(chunk: ImpressionChunk): Uint8Array {
  const { count, k } = chunk
  const lists = Math.max(widthOf(chunk.listA), widthOf(chunk.listB))
  const widths = [widthOf(chunk.user), widthOf(chunk.shown), lists] as const
  const bytes = new Uint8Array(
    HEADER + count * (8 + 4 + widths[0] + 1) + count * k * (widths[1] + 2 * lists + 1),
  )
  const view = new DataView(bytes.buffer)
  view.setUint8(0, FORMAT)
  widths.forEach((width, i) => view.setUint8(1 + i, width))
  view.setUint32(4, chunk.from, true)
  view.setUint32(8, count, true)
  view.setUint32(12, k, true)
  let at = HEADER
  for (let i = 0; i < count; i++, at += 8) view.setFloat64(at, chunk.seconds[i]!, true)
  for (let i = 0; i < count; i++, at += 4) view.setFloat32(at, chunk.vote[i]!, true)
  at = writeIntegers(view, at, chunk.user, widths[0])
  at = writeIntegers(view, at, chunk.shown, widths[1])
  at = writeIntegers(view, at, chunk.listA, lists)
  at = writeIntegers(view, at, chunk.listB, lists)
  for (let i = 0; i < count * k; i++) bytes[at++] = 2 * (chunk.team[i]! + 1) + chunk.clicked[i]!
  bytes.set(chunk.outcome, at)
  return bytes
}

/** @throws RangeError if the bytes are not a chunk of a known format or are cut short */
export function unpackChunk(bytes: Uint8Array): ImpressionChunk {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const format = view.getUint8(0)
  if (format !== FORMAT) throw new RangeError(`impression chunk of unknown format ${format}`)
  const [userWidth, shownWidth, lists] = [view.getUint8(1), view.getUint8(2), view.getUint8(3)]
  const from = view.getUint32(4, true)
  const count = view.getUint32(8, true)
  const k = view.getUint32(12, true)
  const seconds = new Float64Array(count)
  const vote = new Float32Array(count)
  let at = HEADER
  for (let i = 0; i < count; i++, at += 8) seconds[i] = view.getFloat64(at, true)
  for (let i = 0; i < count; i++, at += 4) vote[i] = view.getFloat32(at, true)
  const integers = (length: number, width: number) => {
    const column = readIntegers(view, at, length, width)
    at += length * width
    return column
  }
  const user = integers(count, userWidth)
  const shown = integers(count * k, shownWidth)
  const listA = integers(count * k, lists)
  const listB = integers(count * k, lists)
  const team = new Int8Array(count * k)
  const clicked = new Uint8Array(count * k)
  for (let i = 0; i < count * k; i++) {
    const slot = view.getUint8(at++)
    team[i] = (slot >> 1) - 1
    clicked[i] = slot & 1
  }
  if (bytes.length < at + count) throw new RangeError('impression chunk is cut short')
  const outcome = new Uint8Array(bytes.subarray(at, at + count))
  return { from, count, k, user, seconds, outcome, vote, shown, team, clicked, listA, listB }
}

const FORMAT = 1
const HEADER = 16

/** Bytes per value; −1 is the padding of short lists, so values are stored one higher. */
function widthOf(column: Int32Array): 1 | 2 | 4 {
  let largest = 0
  for (const value of column) if (value > largest) largest = value
  return largest < 0xff ? 1 : largest < 0xffff ? 2 : 4
}

function writeIntegers(view: DataView, from: number, column: Int32Array, width: number): number {
  let at = from
  for (const value of column) {
    if (width === 1) view.setUint8(at, value + 1)
    else if (width === 2) view.setUint16(at, value + 1, true)
    else view.setUint32(at, value + 1, true)
    at += width
  }
  return at
}

function readIntegers(view: DataView, from: number, length: number, width: number): Int32Array {
  const column = new Int32Array(length)
  for (let i = 0; i < length; i++) {
    const at = from + i * width
    if (width === 1) column[i] = view.getUint8(at) - 1
    else if (width === 2) column[i] = view.getUint16(at, true) - 1
    else column[i] = view.getUint32(at, true) - 1
  }
  return column
}

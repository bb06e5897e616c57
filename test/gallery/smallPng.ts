import { crc32, deflateSync, inflateSync } from 'node:zlib'

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
/** Colours of a palette. */
const MOST = 256

/**
 * The same picture with a palette of at most 256 colours, the most frequent ones: a screen of text and
 * lines loses nothing that an eye sees, and most of its bytes.
 * @param png 8-bit RGB or RGBA without interlace, as browsers write it
 */
export function smallPng(png: Buffer): Buffer {
  const { width, height, channels, pixels } = decoded(png)
  const count = new Map<number, number>()
  const colourAt = (i: number) =>
    (pixels[i * channels]! << 16) | (pixels[i * channels + 1]! << 8) | pixels[i * channels + 2]!
  for (let i = 0; i < width * height; i++) {
    const colour = colourAt(i)
    count.set(colour, (count.get(colour) ?? 0) + 1)
  }
  const palette = frequent(count)
  const nearest = new Map<number, number>()
  const rows = Buffer.alloc((width + 1) * height) // each begins with its filter: none
  for (let i = 0; i < width * height; i++) {
    const colour = colourAt(i)
    let place = nearest.get(colour)
    if (place === undefined) {
      place = closest(palette, colour)
      nearest.set(colour, place)
    }
    rows[Math.floor(i / width) * (width + 1) + 1 + (i % width)] = place
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, 3, 0, 0, 0], 8) // eight bits, with a palette
  const colours = Buffer.from(palette.flatMap((one) => [one >> 16, (one >> 8) & 255, one & 255]))
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', head),
    chunk('PLTE', colours),
    chunk('IDAT', deflateSync(rows, { level: 9, memLevel: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

/** The most frequent colours, at most one of each cell of a fine grid after the first few. */
function frequent(count: ReadonlyMap<number, number>): readonly number[] {
  const ordered = [...count].sort(([, a], [, b]) => b - a).map(([colour]) => colour)
  if (ordered.length <= MOST) return ordered
  const cell = (colour: number) =>
    ((colour >> 19) << 10) | (((colour >> 11) & 31) << 5) | ((colour >> 3) & 31)
  const taken = new Set<number>()
  const chosen: number[] = []
  for (const colour of ordered) {
    if (chosen.length === MOST) break
    if (chosen.length >= 32 && taken.has(cell(colour))) continue
    taken.add(cell(colour))
    chosen.push(colour)
  }
  return chosen
}

function closest(palette: readonly number[], colour: number): number {
  let best = 0
  let least = Number.POSITIVE_INFINITY
  palette.forEach((one, place) => {
    const red = (one >> 16) - (colour >> 16)
    const green = ((one >> 8) & 255) - ((colour >> 8) & 255)
    const blue = (one & 255) - (colour & 255)
    const distance = red * red + green * green + blue * blue
    if (distance < least) [best, least] = [place, distance]
  })
  return best
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const whole = Buffer.alloc(body.length + 8)
  whole.writeUInt32BE(data.length, 0)
  body.copy(whole, 4)
  whole.writeUInt32BE(crc32(body), body.length + 4)
  return whole
}

function decoded(png: Buffer) {
  const width = png.readUInt32BE(16)
  const height = png.readUInt32BE(20)
  const channels = png[25] === 6 ? 4 : 3
  const data: Buffer[] = []
  for (let at = 8; at < png.length;) {
    const length = png.readUInt32BE(at)
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT') {
      data.push(png.subarray(at + 8, at + 8 + length))
    }
    at += length + 12
  }
  const raw = inflateSync(Buffer.concat(data))
  const stride = width * channels
  const pixels = Buffer.alloc(stride * height)
  for (let y = 0; y < height; y++) {
    const filter = raw[y * (stride + 1)]!
    for (let x = 0; x < stride; x++) {
      const left = x >= channels ? pixels[y * stride + x - channels]! : 0
      const up = y > 0 ? pixels[(y - 1) * stride + x]! : 0
      const corner = x >= channels && y > 0 ? pixels[(y - 1) * stride + x - channels]! : 0
      const predicted = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter]!
      pixels[y * stride + x] = raw[y * (stride + 1) + 1 + x]! + predicted
    }
  }
  return { width, height, channels, pixels }
}

/** The neighbour that is nearest to left + up − corner (PNG, 9.4). */
function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)]
  if (a <= b && a <= c) return left
  return b <= c ? up : corner
}

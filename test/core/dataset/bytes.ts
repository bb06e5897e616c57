import { parseRatings, type ParsedRatings, type ParseOptions } from '#core/dataset/parseRatings'

/** Bytes of a text file. */
export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)

export function utf16(text: string, littleEndian: boolean, bom = true): Uint8Array {
  const whole = (bom ? '\ufeff' : '') + text
  const bytes = new Uint8Array(2 * whole.length)
  const view = new DataView(bytes.buffer)
  for (let i = 0; i < whole.length; i++) view.setUint16(2 * i, whole.charCodeAt(i), littleEndian)
  return bytes
}

/** Parses a whole file, handed over in pieces of `chunk` bytes. */
export function parse(
  bytes: Uint8Array | string,
  options: ParseOptions = {},
  chunk = 7,
): ParsedRatings {
  const all = typeof bytes === 'string' ? utf8(bytes) : bytes
  const parser = parseRatings(options)
  for (let at = 0; at < all.length; at += chunk) parser.push(all.subarray(at, at + chunk))
  return parser.finish()
}

/** Rows as the file names them: user, item, rating[, time]. */
export function rowsOf({ table }: ParsedRatings): (string | number)[][] {
  return Array.from(table.rating, (rating, i) => [
    table.userIds[table.user[i]!]!,
    table.itemIds[table.item[i]!]!,
    Number(rating.toPrecision(7)),
    ...(table.time ? [table.time[i]!] : []),
  ])
}

import { zipSync, type Zippable } from 'fflate'

/** A file's name in the archive, and what is in it. */
export type ArchiveEntry = readonly [name: string, bytes: Uint8Array]

/** The earliest time that a zip can hold: the same entries give the same bytes on any day. */
const MODIFIED = '1980-01-01T00:00:00'

/** A zip with its entries by name, one time for all of them and one level of compression. */
export function zip(entries: readonly ArchiveEntry[]): Uint8Array {
  const sorted = [...entries].sort(([one], [other]) => (one < other ? -1 : 1))
  const files: Zippable = Object.fromEntries(
    sorted.map(([name, bytes]) => [name, [bytes, { level: 6, mtime: MODIFIED, os: 3 }]]),
  )
  return zipSync(files)
}

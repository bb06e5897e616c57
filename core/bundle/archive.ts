import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import { strFromU8, strToU8, unzipSync } from 'fflate'
import { z } from 'zod'
import { zip, type ArchiveEntry } from '../report/zip.ts'

/** Bytes that an opened archive may unpack to. */
const MOST_BYTES = 1 << 28

const Manifest = z.looseObject({
  schema: z.string(),
  schemaVersion: z.int(),
  appVersion: z.string(),
  /** SHA-256 and size of every other entry. */
  files: z.record(z.string(), z.strictObject({ sha256: z.string(), bytes: z.int().min(0) })),
})
type Manifest = z.output<typeof Manifest>

/** What an archive says of itself besides its entries. */
type Heading = Omit<Manifest, 'files'>

/** A zip that checks itself when it is opened; the same entries give the same bytes. */
export function writeArchive(heading: Heading, entries: readonly ArchiveEntry[]): Uint8Array {
  const files = Object.fromEntries(
    entries.map(([name, bytes]) => [
      name,
      { sha256: bytesToHex(sha256(bytes)), bytes: bytes.length },
    ]),
  )
  return zip([['manifest.json', jsonBytes({ ...heading, files })], ...entries])
}

/** An archive whose entries are what its manifest says. */
export interface Archive {
  readonly manifest: Manifest
  /** @throws RangeError when it has no such entry */
  readonly entry: (name: string) => Uint8Array
}

/**
 * Opens an archive after checking it: names, sizes and hashes before anything is read.
 * @throws RangeError naming the entry and what is wrong with it
 */
export function readArchive(bytes: Uint8Array): Archive {
  let total = 0
  const entries = unpacked(() =>
    unzipSync(bytes, {
      filter({ name, originalSize }) {
        if (/^[/\\]|\\|(^|\/)\.\.(\/|$)|^[A-Za-z]:/.test(name)) {
          throw new RangeError(`the bundle's entry "${name}" lies outside of it`)
        }
        total += originalSize
        if (total > MOST_BYTES) throw new RangeError('the bundle unpacks to more than 256 MiB')
        return true
      },
    }),
  )
  const entry = (name: string): Uint8Array => {
    const found = entries[name]
    if (found) return found
    throw new RangeError(`the bundle has no "${name}"; export it again`)
  }
  const parsed = Manifest.safeParse(parsedJson(entry('manifest.json'), 'manifest.json'))
  if (!parsed.success)
    throw new RangeError("the bundle's manifest.json is not of version 1 or newer")
  for (const [name, { sha256: hash, bytes: size }] of Object.entries(parsed.data.files)) {
    const file = entry(name)
    if (file.length !== size || bytesToHex(sha256(file)) !== hash) {
      throw new RangeError(`the bundle's "${name}" has been changed since it was written`)
    }
  }
  return { manifest: parsed.data, entry }
}

/** @throws RangeError unless the archive is of this kind and version */
export function expectSchema({ manifest }: Archive, schema: string, version: number): void {
  if (manifest.schema !== schema || manifest.schemaVersion !== version) {
    throw new RangeError(`the bundle's manifest.json is not of version ${version} of ${schema}`)
  }
}

function unpacked<T>(read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (error instanceof RangeError) throw error
    throw new RangeError('the file is no .duelist bundle, or it was cut short', { cause: error })
  }
}

export function parsedJson(bytes: Uint8Array, name: string): unknown {
  try {
    return JSON.parse(strFromU8(bytes))
  } catch (error) {
    throw new RangeError(`the bundle's "${name}" is no JSON`, { cause: error })
  }
}

export const jsonBytes = (value: unknown): Uint8Array =>
  strToU8(`${JSON.stringify(value, null, 1)}\n`)

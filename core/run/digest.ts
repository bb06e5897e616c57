import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import type { ImpressionChunk } from './batch.ts'

/** The link before the first batch. */
export const emptyChain: Uint8Array = sha256(utf8ToBytes('duelist digest 1'))

/** Next link of a run's digest: SHA-256 of the link before, the batch's impressions and its point. */
export function extendChain(
  chain: Uint8Array,
  chunk: ImpressionChunk,
  point: Float64Array,
): Uint8Array {
  const hash = sha256.create().update(chain)
  const header = Int32Array.of(chunk.from, chunk.count, chunk.k)
  for (const column of [header, chunk.user, chunk.shown, chunk.listA, chunk.listB]) {
    hash.update(littleEndian(column))
  }
  hash.update(chunk.outcome).update(chunk.clicked)
  hash.update(new Uint8Array(chunk.team.buffer, chunk.team.byteOffset, chunk.team.byteLength))
  return hash.update(utf8ToBytes(Array.from(point, canonicalNumber).join(','))).digest()
}

/** SHA-256 over the last link and the canonical form of `value`, in hexadecimal. */
export function finishChain(chain: Uint8Array, value: unknown): string {
  return bytesToHex(
    sha256
      .create()
      .update(chain)
      .update(utf8ToBytes(canonicalJson(value)))
      .digest(),
  )
}

/** JSON with sorted keys and numbers rounded to 12 significant digits, beyond which engines differ. */
export function canonicalJson(value: unknown): string {
  if (typeof value === 'number') return canonicalNumber(value)
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (value !== null && typeof value === 'object') {
    const entries = Object.entries(value as Record<string, unknown>)
      .filter(([, v]) => v !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
    return `{${entries.map(([k, v]) => `${JSON.stringify(k)}:${canonicalJson(v)}`).join(',')}}`
  }
  return JSON.stringify(value ?? null)
}

function canonicalNumber(value: number): string {
  if (!Number.isFinite(value)) return 'null'
  return String(Number(value.toPrecision(12)) || 0)
}

const hostIsLittle = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1

function littleEndian(column: Int32Array): Uint8Array {
  const bytes = new Uint8Array(column.buffer, column.byteOffset, column.byteLength)
  if (hostIsLittle) return bytes
  const swapped = bytes.slice()
  for (let i = 0; i < swapped.length; i += 4) swapped.subarray(i, i + 4).reverse()
  return swapped
}

import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import type { SparseRows } from '#core/environment/factorise'
import { canonicalJson } from '#core/specHash'
import type { RepresentationParams } from './params.ts'

/**
 * Name of learnt vectors: equal exactly when the training rewards, the parameters and the seed are. The rewards
 * hold what the dataset, the split of the users and the scale of the ratings come to.
 * @returns 64 hex digits
 */
export function representationKey(
  { rows, columns, start, column, value }: SparseRows,
  params: RepresentationParams,
  seed: number,
): string {
  const hash = sha256.create()
  hash.update(utf8ToBytes(canonicalJson({ params, seed, rows, columns })))
  for (const { buffer, byteOffset, byteLength } of [start, column, value]) {
    hash.update(new Uint8Array(buffer, byteOffset, byteLength))
  }
  return bytesToHex(hash.digest())
}

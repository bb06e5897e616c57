import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import { canonicalJson } from '#core/specHash'
import type { RepresentationParams } from './params.ts'

/**
 * Name under which learnt vectors may be kept: equal exactly when data, split, parameters and seed are.
 * @param datasetHash of the ratings' content
 * @returns 64 hex digits
 */
export function representationKey(
  datasetHash: string,
  params: RepresentationParams,
  trainUsers: Int32Array,
  seed: number,
): string {
  const users = bytesToHex(sha256(utf8ToBytes(trainUsers.join(','))))
  return bytesToHex(sha256(utf8ToBytes(canonicalJson({ datasetHash, params, users, seed }))))
}

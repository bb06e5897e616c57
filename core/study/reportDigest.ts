import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import { canonicalJson } from '#core/run/digest'

/**
 * What two reports have in common exactly when they say the same: the digest that a report holds of
 * more than it shows, else SHA-256 over its numbers to 12 significant digits. 64 hex digits.
 */
export function reportDigest(report: unknown): string {
  if (typeof report === 'object' && report !== null && 'digest' in report) {
    if (typeof report.digest === 'string') return report.digest
  }
  return bytesToHex(sha256(utf8ToBytes(canonicalJson(report))))
}

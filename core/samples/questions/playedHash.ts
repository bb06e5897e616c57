import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import { canonicalJson, specHash } from '#core/specHash'
import type { Question } from './question.ts'

/** Changes with the runs of a question and with what it expects of them: 16 hexadecimal digits. */
export function playedHash({ runs, expected }: Question): string {
  const text = canonicalJson([runs.map(specHash), expected])
  return bytesToHex(sha256(utf8ToBytes(text))).slice(0, 16)
}

import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import type { ExperimentSpec } from './experimentSpec.ts'

/** What two specs have in common exactly when every field is equal: 64 hexadecimal digits. */
export function specHash(spec: ExperimentSpec): string {
  return bytesToHex(sha256(utf8ToBytes(canonicalJson(withoutLaterDefaults(spec)))))
}

/** Fields that came later hold, where they say nothing, no more than specs without them. */
function withoutLaterDefaults(spec: ExperimentSpec): object {
  const { rankers, analysis, ...rest } = spec
  const said = Object.entries(analysis).filter(
    ([field, value]) => canonicalJson(value) !== canonicalJson(laterDefaults[field] ?? null),
  )
  return {
    ...rest,
    analysis: Object.fromEntries(said),
    ...(rankers.length > 0 ? { rankers } : {}),
  }
}

const laterDefaults: Readonly<Record<string, unknown>> = {
  scoreBound: 0,
  minimumEffect: 0,
  power: 0.8,
  correction: 'auto',
  guardrails: { ctrFloor: 0, diversityFloor: 0, latencyCeiling: 0 },
}

/**
 * JSON without spaces, keys in the order of their UTF-16 units, numbers as JavaScript writes them
 * (RFC 8785).
 * @throws RangeError for a number that JSON can not hold
 */
export function canonicalJson(value: unknown): string {
  if (typeof value === 'number' && !Number.isFinite(value)) {
    throw new RangeError(`${value} has no JSON form`)
  }
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const fields = Object.entries(value)
    .filter(([, field]) => field !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, field]) => `${JSON.stringify(key)}:${canonicalJson(field)}`)
  return `{${fields.join(',')}}`
}

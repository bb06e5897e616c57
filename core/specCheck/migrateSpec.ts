import { specVersion } from '#core/experimentSpec'

type Fields = Readonly<Record<string, unknown>>

/** Step n takes a spec from version n to n + 1; never edited after a release. */
const steps: readonly ((spec: Fields) => Fields)[] = [
  // 0 → 1: the merging of lists was called by its action
  (spec) => {
    if (!('interleaving' in spec) || 'interleaver' in spec) return spec
    const { interleaving, ...rest } = spec
    return { ...rest, interleaver: interleaving }
  },
]

/**
 * A spec of any earlier version in today's words; nothing but its form is changed, and what is not a
 * spec at all comes back as it is for the schema to refuse.
 * @returns `message` when the spec is from a later version than this program knows
 */
export function migrateSpec(
  raw: unknown,
):
  | { readonly spec: unknown; readonly message: null }
  | { readonly spec: null; readonly message: string } {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw))
    return { spec: raw, message: null }
  const fields = raw as Fields
  const version = fields['version'] ?? 0
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 0) {
    return { spec: raw, message: null }
  }
  if (version > specVersion) {
    return {
      spec: null,
      message:
        `the spec has version ${version}, but this Duelist knows versions up to ${specVersion}; ` +
        'update Duelist, or write the spec in the older form',
    }
  }
  const today = steps.slice(version).reduce((spec, step) => step(spec), fields)
  return { spec: { ...today, version: specVersion }, message: null }
}

import { AgentSpec } from '#core/agent/params'
import type { SpecIssue } from '#core/contract/specs'
import { EnvironmentSpec } from '#core/environment/params'
import { ExperimentSpec } from '#core/experimentSpec'
import { ExplorerSpec } from '#core/explorer/params'
import { ClickSpec, InterleaverSpec } from '#core/servingParams'
import { crossChecks } from './crossChecks.ts'
import { asFields, explainIssues } from './explainIssues.ts'
import { migrateSpec } from './migrateSpec.ts'

export type SpecCheck =
  | { readonly spec: ExperimentSpec; readonly issues: readonly [] }
  | { readonly spec: null; readonly issues: readonly SpecIssue[] }

/**
 * Migrates a spec, fills in defaults and says of every field that is refused where it is, what it
 * holds, what it may hold, and a value that would be accepted (`fix`, null when none is known).
 */
export function checkSpec(raw: unknown): SpecCheck {
  const migrated = migrateSpec(raw)
  if (migrated.message !== null) {
    const value = (raw as { readonly version: unknown }).version
    return refused([{ path: 'version', message: migrated.message, value, fix: null }])
  }
  const parsed = ExperimentSpec.safeParse(migrated.spec)
  if (!parsed.success) {
    const { spec } = migrated
    const defaults = defaultsFor(spec)
    return refused(
      explainIssues(parsed.error.issues, { schema: ExperimentSpec, raw: spec, defaults }),
    )
  }
  const issues = [...crossChecks(parsed.data)]
  return issues.length > 0 ? refused(issues) : { spec: parsed.data, issues: [] }
}

const refused = (issues: readonly SpecIssue[]): SpecCheck => ({ spec: null, issues })

const parts = {
  environment: EnvironmentSpec,
  click: ClickSpec,
  interleaver: InterleaverSpec,
  agent: AgentSpec,
  explorer: ExplorerSpec,
} as const

/** A spec of the same kinds, as far as they exist, with every other field at its default. */
function defaultsFor(spec: unknown): unknown {
  const fields = asFields(spec)
  const skeleton: Record<string, unknown> = {
    name: 'Experiment',
    environment: { kind: 'typedLatent' },
  }
  for (const [part, schema] of Object.entries(parts)) {
    const { kind } = asFields(fields[part])
    const candidates = [{ kind }, { kind, dataset: 'any' }]
    skeleton[part] = candidates.find((one) => schema.safeParse(one).success) ?? skeleton[part]
  }
  const { rankers } = fields
  const defaults = {
    ...ExperimentSpec.parse(skeleton),
    // of a ranker only the names of its fields are known
    rankers: Array.isArray(rankers)
      ? rankers.map(() => ({ kind: undefined, label: undefined }))
      : [],
  }
  if (!('dataset' in defaults.environment)) return defaults
  // which dataset is meant can not be known, so no fix invents one
  return { ...defaults, environment: { ...defaults.environment, dataset: undefined } }
}

import type { ModelRow } from '#core/contract/models'
import type { SpecIssue } from '#core/contract/specs'
import type { EnvironmentSpec } from '#core/environment/params'
import type { DatasetMeta } from '#core/jobContract'

/** Fields of a world on which neither its items nor what is known of them depend. */
const clicksOnly: ReadonlySet<string> = new Set(['attractionByGrade', 'unratedAttraction'])
/** What makes the items of a generated world the same items. */
const catalogue = ['items', 'types', 'worldSeed'] as const
/** Worlds whose features mean the same whatever their parameters: they differ in behaviour only. */
const openWorlds: ReadonlySet<string> = new Set(['news', 'sessions'])

/**
 * Why a model can not rank in a world: it was trained in another one, on other data, or over other
 * items. Null where nothing speaks against it, as far as its provenance tells; whether the numbers
 * themselves fit is seen when the run begins.
 * @param dataset that the environment names, null where it names none
 * @param datasets of the workspace, to find the right one among
 */
export function modelMisfit(
  model: Pick<ModelRow, 'name' | 'kind' | 'provenance'>,
  environment: EnvironmentSpec,
  dataset: DatasetMeta | null,
  datasets: readonly DatasetMeta[],
): SpecIssue | null {
  const trained = trainedIn(model)
  if (!trained) return null
  const { name } = model
  const issue = (field: string, problem: string, fix: unknown): SpecIssue => {
    const path = `environment.${field}`
    const value = (environment as Readonly<Record<string, unknown>>)[field] ?? null
    const message = `${path} is ${JSON.stringify(value)}; the model "${name}" ${problem}`
    return { path, value, message, fix }
  }
  const { kind } = trained.world
  if (kind === 'itemToItem') {
    return issue('kind', 'was trained from item to item, where nobody asks for lists', null)
  }
  if (kind !== environment.kind) {
    const needsData = 'dataset' in trained.world
    return issue(
      'kind',
      `was trained in the world ${JSON.stringify(kind)}`,
      needsData ? null : kind,
    )
  }
  const hash = model.provenance.dataset
  if (dataset && hash !== null && dataset.hash !== hash) {
    const right = datasets.find((meta) => meta.hash === hash)?.name ?? null
    const remedy = right === null ? 'is not in this workspace' : `is "${right}" here`
    const problem = `was trained on other data (${hash.slice(0, 12)}…), which ${remedy}`
    return issue('dataset', problem, right)
  }
  if (openWorlds.has(environment.kind)) return null
  const fields = trained.isEpisodic
    ? catalogue
    : Object.keys(trained.world).filter((key) => key !== 'dataset' && !clicksOnly.has(key))
  for (const field of fields) {
    const then = trained.world[field]
    const now = (environment as Readonly<Record<string, unknown>>)[field]
    if (then === undefined || JSON.stringify(then) === JSON.stringify(now)) continue
    return issue(field, `was trained in a world where it is ${JSON.stringify(then)}`, then)
  }
  return null
}

interface TrainedIn {
  readonly world: Readonly<Record<string, unknown>>
  /** A world of episodes, of which a run's world has the items and the ratings. */
  readonly isEpisodic: boolean
}

/** Null where the provenance says nothing of it. */
export function trainedIn({ provenance }: Pick<ModelRow, 'provenance'>): TrainedIn | null {
  const { spec } = provenance
  if (!isFields(spec)) return null
  if (isFields(spec['world'])) return { world: spec['world'], isEpisodic: true }
  return isFields(spec['environment']) ? { world: spec['environment'], isEpisodic: false } : null
}

const isFields = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

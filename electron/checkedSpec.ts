import type { ModelRow } from '#core/contract/models'
import type { SpecIssue } from '#core/contract/specs'
import type { ExperimentSpec } from '#core/experimentSpec'
import type { DatasetMeta } from '#core/jobContract'
import { modelMisfit } from '#core/model/modelMisfit'
import { nameModels } from '#core/model/nameModels'
import { checkSpec } from '#core/specCheck/checkSpec'

export type CheckedSpec =
  | {
      readonly spec: ExperimentSpec
      readonly dataset: DatasetMeta | null
      /** Who will come: no more than the world or the dataset has. */
      readonly users: number
      /** Expected impressions; the run itself draws how long each user stays. */
      readonly total: number
      readonly issues: readonly []
    }
  | { readonly spec: null; readonly issues: readonly SpecIssue[] }

/** What a spec may name. */
interface Shelf {
  readonly datasets: readonly DatasetMeta[]
  /** Newest first. */
  readonly models: readonly ModelRow[]
}

/**
 * As `checkSpec`, and the dataset and the models that the spec names must be of the workspace; the models
 * must have been trained in the world of the spec.
 */
export function checkedSpec(raw: unknown, { datasets, models }: Shelf): CheckedSpec {
  const named = nameModels(raw, models)
  if (named.issues.length > 0) return { spec: null, issues: named.issues }
  const checked = withDataset(named.spec, datasets)
  if (!checked.spec) return checked
  const { spec, dataset } = checked
  const misfits = spec.rankers.flatMap((ranker) => {
    const model = ranker.kind === 'model' && models.find(({ hash }) => hash === ranker.model)
    const issue = model ? modelMisfit(model, spec.environment, dataset, datasets) : null
    return issue ? [issue] : []
  })
  return misfits.length > 0 ? { spec: null, issues: misfits.slice(0, 1) } : checked
}

function withDataset(raw: unknown, datasets: readonly DatasetMeta[]): CheckedSpec {
  const { spec, issues } = checkSpec(raw)
  if (!spec) return { spec, issues }
  const { environment, traffic } = spec
  if (!('dataset' in environment)) {
    return { spec, dataset: null, ...expected(traffic, environment.users), issues: [] }
  }
  const wanted = { path: 'environment.dataset', kind: environment.kind, name: environment.dataset }
  const { dataset, issue } = datasetNamed(wanted, datasets)
  if (!dataset) return { spec: null, issues: [issue] }
  // the log itself says who asks, and its past is not served
  if (environment.kind === 'impressions' && dataset.kind === 'impressions') {
    const past = Math.floor(dataset.impressions * environment.pastShare)
    const users = Math.min(traffic.users, dataset.users)
    return { spec, dataset, users, total: dataset.impressions - past, issues: [] }
  }
  // graded queries and bandit logs are asked by simulated users
  const users = 'users' in environment ? environment.users : dataset.users
  return { spec, dataset, ...expected(traffic, users), issues: [] }
}

/** Finds what a spec names, or says why it can not be had and what there is instead. */
export function datasetNamed<Kind extends DatasetMeta['kind']>(
  { path, kind, name }: { readonly path: string; readonly kind: Kind; readonly name: string },
  datasets: readonly DatasetMeta[],
):
  | { readonly dataset: Extract<DatasetMeta, { readonly kind: Kind }>; readonly issue: null }
  | { readonly dataset: null; readonly issue: SpecIssue } {
  const fitting = datasets.filter((meta) => meta.kind === kind)
  const dataset = fitting.find((meta) => meta.name === name)
  if (dataset) {
    return { dataset: dataset as Extract<DatasetMeta, { readonly kind: Kind }>, issue: null }
  }
  const other = datasets.find((meta) => meta.name === name)
  const problem = other
    ? `a dataset of the kind "${other.kind}", where one of ${kind} is needed`
    : 'which is not in this workspace'
  const names = fitting.map((meta) => `"${meta.name}"`)
  const remedy =
    names.length > 0
      ? `there are ${names.join(', ')}`
      : `none is imported yet; import a file of the kind ${kind}`
  const message = `${path} is "${name}", ${problem}; ${remedy}`
  const fix = names.length === 1 ? fitting[0]!.name : null
  return { dataset: null, issue: { path, value: name, message, fix } }
}

function expected(traffic: ExperimentSpec['traffic'], worldUsers: number) {
  const users = Math.min(traffic.users, worldUsers)
  return { users, total: Math.round(users * traffic.impressionsPerUser) }
}

/** The plan with the users that will come, for what is told of its size. */
export const enrolled = ({
  spec,
  users,
}: Extract<CheckedSpec, { readonly users: number }>): ExperimentSpec => ({
  ...spec,
  traffic: { ...spec.traffic, users },
})

import type { SpecIssue } from '#core/contract'
import type { ExperimentSpec } from '#core/experimentSpec'
import type { DatasetMeta } from '#core/jobContract'
import { checkSpec } from '#core/specIssues'

export type CheckedSpec =
  | {
      readonly spec: ExperimentSpec
      readonly dataset: DatasetMeta | null
      /** Expected impressions; the run itself draws how long each user stays. */
      readonly total: number
      readonly issues: readonly []
    }
  | { readonly spec: null; readonly issues: readonly SpecIssue[] }

/** As `checkSpec`, and the dataset that the spec names must be one of the workspace. */
export function checkedSpec(raw: unknown, datasets: readonly DatasetMeta[]): CheckedSpec {
  const { spec, issues } = checkSpec(raw)
  if (!spec) return { spec, issues }
  const { environment, traffic } = spec
  if (!('dataset' in environment)) {
    return { spec, dataset: null, total: expectedTotal(traffic, environment.users), issues: [] }
  }
  const wanted = { path: 'environment.dataset', kind: environment.kind, name: environment.dataset }
  const { dataset, issue } = datasetNamed(wanted, datasets)
  if (!dataset) return { spec: null, issues: [issue] }
  // graded queries and bandit logs are asked by simulated users
  const users = 'users' in environment ? environment.users : dataset.users
  return { spec, dataset, total: expectedTotal(traffic, users), issues: [] }
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
      : `none is imported yet; import a ${kind} file`
  const message = `${path} is "${name}", ${problem}; ${remedy}`
  const fix = names.length === 1 ? fitting[0]!.name : null
  return { dataset: null, issue: { path, value: name, message, fix } }
}

const expectedTotal = (traffic: ExperimentSpec['traffic'], users: number): number =>
  Math.round(Math.min(traffic.users, users) * traffic.impressionsPerUser)

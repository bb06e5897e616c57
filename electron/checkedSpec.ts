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
  if (environment.kind !== 'ratings') {
    return { spec, dataset: null, total: expectedTotal(traffic, environment.users), issues: [] }
  }
  const ratings = datasets.filter((meta) => meta.kind === 'ratings')
  const dataset = ratings.find((meta) => meta.name === environment.dataset)
  if (dataset) return { spec, dataset, total: expectedTotal(traffic, dataset.users), issues: [] }
  const other = datasets.find((meta) => meta.name === environment.dataset)
  const problem = other
    ? `a dataset of the kind "${other.kind}", where one of ratings is needed`
    : 'which is not in this workspace'
  const names = ratings.map((meta) => `"${meta.name}"`)
  const remedy =
    names.length > 0
      ? `there are ${names.join(', ')}`
      : 'none is imported yet; import a ratings file'
  return {
    spec: null,
    issues: [
      {
        path: 'environment.dataset',
        value: environment.dataset,
        message: `environment.dataset is "${environment.dataset}", ${problem}; ${remedy}`,
        fix: names.length === 1 ? ratings[0]!.name : null,
      },
    ],
  }
}

const expectedTotal = (traffic: ExperimentSpec['traffic'], users: number): number =>
  Math.round(Math.min(traffic.users, users) * traffic.impressionsPerUser)

import { ReplaySpec } from '#core/ope/replaySpec'
import type { ReplayReport } from '#core/ope/replayReport'
import { deferred, type Study } from './study.ts'

/** What a policy would have earned on a log of bandit feedback. */
export const replay: Study<ReplaySpec, ReplayReport> = {
  spec: ReplaySpec,
  name: ({ name }) => name,
  total: () => 1,
  dataset: ({ dataset }) => ({ path: 'dataset', kind: 'bandit', name: dataset }),
  rankers: ({ policy }) =>
    policy.kind === 'saved' ? [{ kind: 'model', model: policy.model, label: policy.label }] : [],
  run: deferred(async () => (await import('#core/ope/replayStudy')).replayStudy),
}

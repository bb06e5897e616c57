import { checkBoth } from '#core/study/checkStudy'
import { deferred, type Study } from '#core/study/study'
import { trainChecks } from './trainChecks.ts'
import { TrainSpec } from './trainParams.ts'
import type { TrainReport } from './trainReport.ts'

const worldNames = { typedLatent: 'hidden types', itemToItem: 'item to item' } as const
const agentNames = { tpgr: 'TPGR', wolpertinger: 'Wolpertinger', fcpo: 'FCPO' } as const

/** Training of an agent for many items: a curve beside its baselines, and a model at the end. */
export const training: Study<TrainSpec, TrainReport> = {
  spec: TrainSpec,
  check: (raw) => checkBoth(TrainSpec, raw, trainChecks),
  name: ({ kind, world }) =>
    `${agentNames[kind]}, ${world.kind === 'ratings' ? world.dataset : worldNames[world.kind]}`,
  total: (spec) => (spec.kind === 'wolpertinger' ? spec.agent.steps : spec.agent.updates),
  dataset: ({ world }) =>
    world.kind === 'ratings'
      ? { path: 'world.dataset', kind: 'ratings', name: world.dataset }
      : null,
  metrics({ points }) {
    const last = points.at(-1)
    return { argmax: last?.argmax.raw ?? null, sampled: last?.sampled?.raw ?? null }
  },
  run: deferred(async () => (await import('./runTraining.ts')).runTraining),
}

import type { Study } from '#core/study/study'
import { trainTpgr } from './tpgr/trainTpgr.ts'
import { TrainSpec } from './trainParams.ts'
import type { TrainReport } from './trainReport.ts'
import { trainWolpertinger } from './wolpertinger/trainWolpertinger.ts'

const agentNames = { tpgr: 'TPGR', wolpertinger: 'Wolpertinger' } as const

/** Training of an agent for many items: a curve beside its baselines, and a model at the end. */
export const training: Study<TrainSpec, TrainReport> = {
  spec: TrainSpec,
  name: ({ kind, world }) =>
    `${agentNames[kind]}, ${world.kind === 'ratings' ? world.dataset : world.kind}`,
  total: (spec) => (spec.kind === 'tpgr' ? spec.agent.updates : spec.agent.steps),
  dataset: ({ world }) => (world.kind === 'ratings' ? world.dataset : null),
  async *run({ spec, seed, data, checkpoint }) {
    const { ratings } = data
    const steps =
      spec.kind === 'tpgr'
        ? trainTpgr({ spec, seed, ratings, checkpoint })
        : trainWolpertinger({ spec, seed, ratings, checkpoint })
    // the learners compute without pause; a cancel comes in between two steps
    for (const step of steps) yield await Promise.resolve(step)
  },
}

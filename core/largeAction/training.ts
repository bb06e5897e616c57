import { assertNever } from '#core/assertNever'
import type { Study, StudyStep } from '#core/study/study'
import { trainFcpo } from './fcpo/trainFcpo.ts'
import { trainTpgr } from './tpgr/trainTpgr.ts'
import { TrainSpec } from './trainParams.ts'
import type { TrainReport } from './trainReport.ts'
import { trainWolpertinger } from './wolpertinger/trainWolpertinger.ts'

const agentNames = { tpgr: 'TPGR', wolpertinger: 'Wolpertinger', fcpo: 'FCPO' } as const

/** Training of an agent for many items: a curve beside its baselines, and a model at the end. */
export const training: Study<TrainSpec, TrainReport> = {
  spec: TrainSpec,
  name: ({ kind, world }) =>
    `${agentNames[kind]}, ${world.kind === 'ratings' ? world.dataset : world.kind}`,
  total: (spec) => (spec.kind === 'wolpertinger' ? spec.agent.steps : spec.agent.updates),
  dataset: ({ world }) => (world.kind === 'ratings' ? world.dataset : null),
  async *run({ spec, seed, data, checkpoint }) {
    const { ratings } = data
    // the learners compute without pause; a cancel comes in between two steps
    for (const step of stepsOf(spec, { seed, ratings, checkpoint }))
      yield await Promise.resolve(step)
  },
}

type TrainInput = Omit<Parameters<typeof trainTpgr>[0], 'spec'>

function stepsOf(spec: TrainSpec, input: TrainInput): Generator<StudyStep<TrainReport>> {
  switch (spec.kind) {
    case 'tpgr':
      return trainTpgr({ spec, ...input })
    case 'wolpertinger':
      return trainWolpertinger({ spec, ...input })
    case 'fcpo':
      return trainFcpo({ spec, ...input })
    default:
      return assertNever(spec)
  }
}

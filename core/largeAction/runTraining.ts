import { assertNever } from '#core/assertNever'
import type { StudyInput, StudyStep } from '#core/study/study'
import { trainFcpo } from './fcpo/trainFcpo.ts'
import { trainTpgr } from './tpgr/trainTpgr.ts'
import type { TrainSpec } from './trainParams.ts'
import type { TrainReport } from './trainReport.ts'
import { trainWolpertinger } from './wolpertinger/trainWolpertinger.ts'

/** The generator of the study kind `training`. */
export async function* runTraining({
  spec,
  seed,
  data,
  checkpoint,
}: StudyInput<TrainSpec>): AsyncGenerator<StudyStep<TrainReport>> {
  const { ratings, vectors: cache = null } = data
  for (const step of stepsOf(spec, { seed, ratings, cache, checkpoint })) {
    // the learners compute without pause; a cancel comes in between two steps
    yield await Promise.resolve(step)
  }
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

import { represent } from '#core/itemSpace/index'
import type { ItemVectors } from '#core/itemSpace/itemVectors'
import type { RepresentationParams } from '#core/itemSpace/params'
import type { StreamFactory } from '#core/random/philox'
import type { StudyStep } from '#core/study/study'
import type { OpenedWorld } from './openWorld.ts'
import type { TrainReport } from './trainReport.ts'
import { withProgress } from './trainSteps.ts'

const noRewards = (columns: number) => ({
  rows: 0,
  columns,
  start: new Int32Array(1),
  column: new Int32Array(0),
  value: new Float32Array(0),
})

/**
 * The vectors of a world's items, learnt from its training users or as they came.
 * @throws RangeError if ratings are needed where there are none
 */
export function* itemVectors(
  params: RepresentationParams,
  opened: OpenedWorld,
  stream: StreamFactory,
): Generator<StudyStep<TrainReport>, ItemVectors> {
  if (opened.kind !== 'ratings' && params.kind !== 'content') {
    throw new RangeError(
      `representation.kind ${params.kind} needs ratings: choose content for a world of items`,
    )
  }
  const rewards = opened.kind === 'ratings' ? opened.rewards : noRewards(opened.world.items)
  const work = represent(params, { rewards, content: opened.content, stream })
  return yield* withProgress('representation', work, (share) => share)
}

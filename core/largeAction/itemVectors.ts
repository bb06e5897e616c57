import { represent } from '#core/itemSpace/index'
import type { ItemVectors } from '#core/itemSpace/itemVectors'
import type { RepresentationParams } from '#core/itemSpace/params'
import { representationKey } from '#core/itemSpace/representationKey'
import type { VectorCache } from '#core/itemSpace/vectorCache'
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

/** `representationKey` of what a world's items are learnt from; null for vectors that came with the items. */
export function vectorsKey(
  params: RepresentationParams,
  opened: OpenedWorld,
  seed: number,
): string | null {
  return opened.kind === 'ratings' && params.kind !== 'content'
    ? representationKey(opened.rewards, params, seed)
    : null
}

/**
 * The vectors of a world's items, learnt from its training users or as they came.
 * @param key of `vectorsKey`
 * @param cache asked first, and given what is learnt; null without
 * @throws RangeError if ratings are needed where there are none
 */
export function* itemVectors(
  params: RepresentationParams,
  opened: OpenedWorld,
  stream: StreamFactory,
  key: string | null,
  cache: VectorCache | null,
): Generator<StudyStep<TrainReport>, ItemVectors> {
  if (opened.kind !== 'ratings' && params.kind !== 'content') {
    throw new RangeError(
      `representation.kind ${params.kind} needs ratings: choose content for a world of items`,
    )
  }
  const kept = key === null ? null : (cache?.get(key) ?? null)
  if (kept) {
    yield { type: 'progress', stage: 'keptVectors', share: 1 }
    return kept
  }
  const rewards = opened.kind === 'ratings' ? opened.rewards : noRewards(opened.world.items)
  const work = represent(params, { rewards, content: opened.content, stream })
  const vectors = yield* withProgress('representation', work, (share) => share)
  if (key !== null) cache?.put(key, vectors)
  return vectors
}

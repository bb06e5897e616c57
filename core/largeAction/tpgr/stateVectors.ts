import { rightSingularVectors, type SparseRows } from '#core/environment/factorise'
import { ridgePrior } from '#core/episode/ridgeBelief'
import type { ItemVectors } from '#core/itemSpace/itemVectors'
import type { StreamFactory } from '#core/random/philox'
import type { TpgrParams } from './params.ts'
import type { StateVectors } from './pathShape.ts'

const embeddingWidth = 8

/**
 * What the state says about items, from training users: an 8-d vector scaled to [−1, 1] for the recurrent
 * cell, singular vectors times √items for the sum of feedback, and the prior of the ridge estimate (TP3).
 */
export function ratingStateVectors(
  rewards: SparseRows,
  params: TpgrParams,
  stream: StreamFactory,
): StateVectors {
  const most = Math.min(rewards.rows, rewards.columns)
  const rank = Math.min(most, Math.max(embeddingWidth, params.feedback))
  const singular = rightSingularVectors(rewards, rank, stream('state vectors', 0), 14)
  const cut = (width: number): Float32Array =>
    Float32Array.from({ length: rewards.columns * width }, (_, i) => {
      return singular[Math.floor(i / width) * rank + (i % width)]!
    })
  const width = Math.min(most, embeddingWidth)
  const feedbackWidth = Math.min(most, params.feedback)
  return {
    embedding: scaled(cut(width)),
    embeddingWidth: width,
    feedback: cut(feedbackWidth).map((x) => x * Math.sqrt(rewards.columns)),
    feedbackWidth,
    prior: params.belief > 0 ? ridgePrior(rewards, params.belief, stream('belief', 0)) : null,
  }
}

/** The same from vectors that the items came with. */
export function contentStateVectors({ width, values }: ItemVectors): StateVectors {
  return {
    embedding: scaled(values),
    embeddingWidth: width,
    feedback: values,
    feedbackWidth: width,
    prior: null,
  }
}

function scaled(values: Float32Array): Float32Array {
  const most = values.reduce((largest, x) => Math.max(largest, Math.abs(x)), 0) || 1
  return values.map((x) => x / most)
}

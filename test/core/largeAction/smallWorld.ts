import { rightSingularVectors } from '#core/environment/factorise'
import { typedLatentRatings } from '#core/environment/typedLatent'
import { ratingEpisodes } from '#core/episode/ratingEpisodes'
import { pickRows, ratingMatrix, type RatingMatrix } from '#core/episode/ratingMatrix'
import { ridgePrior } from '#core/episode/ridgeBelief'
import type { EpisodicWorld } from '#core/episode/episodicWorld'
import type { SparseRows } from '#core/environment/factorise'
import type { StateVectors } from '#core/largeAction/tpgr/pathShape'
import { streams } from '#core/random/philox'

/** World A1 with few users and items. */
export function smallWorld(shape: {
  readonly items: number
  readonly users: number
  readonly horizon: number
  readonly types?: number
  readonly alpha?: number
}): { readonly world: EpisodicWorld; readonly matrix: RatingMatrix; readonly rewards: SparseRows } {
  const { items, users, horizon, types = 2, alpha = 0 } = shape
  const ratings = typedLatentRatings({
    users,
    items,
    types,
    likeSame: 0.9,
    likeOther: 0.1,
    ratingsPerUser: items,
    worldSeed: 7,
  })
  const scale = { min: 1, max: 5, relevantFrom: 3.5, neutral: 'asUnrated' } as const
  const matrix = ratingMatrix(ratings.table, scale, 0.8, 1)
  return {
    world: ratingEpisodes(matrix, { horizon, alpha, label: 'small' }),
    matrix,
    rewards: pickRows(matrix.rewards, matrix.train),
  }
}

export function stateVectors(rewards: SparseRows, width: number): StateVectors {
  const values = rightSingularVectors(rewards, width, streams(2)('vectors', 0))
  return {
    embedding: values,
    embeddingWidth: width,
    feedback: values,
    feedbackWidth: width,
    prior: ridgePrior(rewards, 2, streams(2)('prior', 0)),
  }
}

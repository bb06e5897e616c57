import { assertNever } from '#core/assertNever'
import type { RatingsTable } from '#core/dataset/ratingsTable'
import type { SparseRows } from '#core/environment/factorise'
import { typedLatentRatings } from '#core/environment/typedLatent'
import type { EpisodicWorld } from '#core/episode/episodicWorld'
import { itemToItem, type ItemToItemHidden } from '#core/episode/itemToItem'
import { ratingEpisodes } from '#core/episode/ratingEpisodes'
import { pickRows, ratingMatrix, type RatingMatrix } from '#core/episode/ratingMatrix'
import type { ItemVectors } from '#core/itemSpace/itemVectors'
import type { TrainingWorld } from './worldParams.ts'

/** A world and what its kind adds: ratings to learn vectors from, or vectors that came with the items. */
export type OpenedWorld =
  | {
      readonly kind: 'ratings'
      readonly world: EpisodicWorld
      readonly matrix: RatingMatrix
      /** Of training users alone. */
      readonly rewards: SparseRows
      readonly content: null
    }
  | {
      readonly kind: 'itemToItem'
      readonly world: EpisodicWorld
      readonly hidden: ItemToItemHidden
      readonly content: ItemVectors
    }

/**
 * @param ratings the table that the world names; null if it names none
 * @param seed of the split into training and test users
 * @throws RangeError naming the field that does not fit the ratings
 */
export function openWorld(
  params: TrainingWorld,
  ratings: RatingsTable | null,
  seed: number,
): OpenedWorld {
  switch (params.kind) {
    case 'typedLatent': {
      const { table } = typedLatentRatings({ ...params, ratingsPerUser: params.items })
      const label = `typed latent, ${params.users} users, ${params.items} items`
      return fromRatings(table, params, label, seed)
    }
    case 'ratings':
      if (!ratings) throw new RangeError(`world.dataset ${params.dataset} was not read`)
      return fromRatings(
        ratings,
        params,
        `${params.dataset}, ${ratings.users} users, ${ratings.items} items`,
        seed,
      )
    case 'itemToItem': {
      const { world, vectors, hidden } = itemToItem(params)
      const content = { items: params.items, width: params.width, values: vectors }
      return { kind: 'itemToItem', world, hidden, content }
    }
    default:
      return assertNever(params)
  }
}

function fromRatings(
  table: RatingsTable,
  params: Extract<TrainingWorld, { kind: 'ratings' | 'typedLatent' }>,
  label: string,
  seed: number,
): OpenedWorld {
  const { minRating: min, maxRating: max, relevantFrom, neutral, alpha, horizon } = params
  const scale = { min, max, relevantFrom, neutral }
  const matrix = ratingMatrix(table, scale, params.trainShare, seed)
  return {
    kind: 'ratings',
    world: ratingEpisodes(matrix, { horizon, alpha, label }),
    matrix,
    rewards: pickRows(matrix.rewards, matrix.train),
    content: null,
  }
}

import type { RatingsTable } from '#core/dataset/ratingsTable'
import type { Environment } from './environment.ts'
import { lowRank } from './lowRank.ts'
import { newsWorld } from './news/newsWorld.ts'
import type { EnvironmentSpec } from './params.ts'
import { ratingWorld } from './ratingWorld.ts'
import { sessionsWorld } from './sessions/sessionsWorld.ts'
import { typedLatent } from './typedLatent.ts'

/**
 * The world of a spec. One of real ratings is the same for every seed of a run.
 *
 * @param ratings the dataset that the spec names; null for generated worlds
 * @throws Error if the spec names a dataset and none is given
 */
export function createEnvironment(
  spec: EnvironmentSpec,
  ratings: RatingsTable | null,
): Environment {
  switch (spec.kind) {
    case 'ratings':
      if (!ratings) throw new Error(`the dataset "${spec.dataset}" was not loaded`)
      return ratingWorld(ratings, { ...spec, missing: 'negative' }, 0)
    case 'typedLatent':
      return typedLatent(spec)
    case 'lowRank':
      return lowRank(spec)
    case 'news':
      return newsWorld(spec)
    case 'sessions':
      return sessionsWorld(spec)
  }
}

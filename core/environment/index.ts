import type { RatingsTable } from '#core/dataset/ratingsTable'
import type { Environment } from './environment.ts'
import type { EnvironmentSpec, RatingsParams } from './params.ts'
import { ratingWorld } from './ratingWorld.ts'
import { typedLatent } from './typedLatent.ts'

/** Worlds by the `kind` of a spec. A world of real ratings is the same for every seed of a run. */
export const environments = {
  ratings: (params: RatingsParams, ratings: RatingsTable | null): Environment => {
    if (!ratings) throw new Error(`the dataset "${params.dataset}" was not loaded`)
    return ratingWorld(ratings, { ...params, missing: 'negative' }, 0)
  },
  typedLatent,
}

/** @param ratings the dataset that the spec names; null for generated worlds */
export function createEnvironment(
  spec: EnvironmentSpec,
  ratings: RatingsTable | null,
): Environment {
  switch (spec.kind) {
    case 'ratings':
      return environments.ratings(spec, ratings)
    case 'typedLatent':
      return environments.typedLatent(spec)
  }
}

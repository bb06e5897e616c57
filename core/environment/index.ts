import { logOfKind, type LoggedData } from '#core/dataset/loggedData'
import type { RatingsTable } from '#core/dataset/ratingsTable'
import type { Environment } from './environment.ts'
import { lowRank } from './lowRank.ts'
import { newsWorld } from './news/newsWorld.ts'
import { banditWorld } from './logged/banditWorld.ts'
import { impressionWorld } from './logged/impressionWorld.ts'
import { queryWorld } from './logged/queryWorld.ts'
import type { EnvironmentSpec } from './params.ts'
import { ratingWorld } from './ratingWorld.ts'
import { sessionsWorld } from './sessions/sessionsWorld.ts'
import { typedLatent } from './typedLatent.ts'

/**
 * The world of a spec. One of real ratings is the same for every seed of a run.
 *
 * @param ratings the dataset that the spec names; null for other worlds
 * @param logged the log that the spec names; null for other worlds
 * @throws Error if the spec names a dataset and none is given, or one of another kind
 */
export function createEnvironment(
  spec: EnvironmentSpec,
  ratings: RatingsTable | null,
  logged: LoggedData | null = null,
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
    case 'impressions':
      return impressionWorld(logOfKind(logged, spec.kind, spec.dataset), spec)
    case 'queries':
      return queryWorld(logOfKind(logged, spec.kind, spec.dataset), spec)
    case 'bandit':
      return banditWorld(logOfKind(logged, spec.kind, spec.dataset), spec)
  }
}

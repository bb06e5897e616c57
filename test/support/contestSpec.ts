import { ExperimentSpec, type ExperimentSpecInput } from '#core/experimentSpec'
import type { RankerKind } from '#core/ranker/params'

/** Named rankers in a world of `users` users; ends in about a second for 200 of them. */
export function contestSpec(
  design: 'duel' | 'split',
  rankers: readonly (RankerKind | { readonly kind: RankerKind; readonly label?: string })[],
  users = 60,
  change: Partial<ExperimentSpecInput> = {},
): ExperimentSpec {
  return ExperimentSpec.parse({
    name: `small ${design}`,
    design,
    rankers: rankers.map((ranker) => (typeof ranker === 'string' ? { kind: ranker } : ranker)),
    environment: { kind: 'typedLatent', users, items: 200, ratingsPerUser: 60, factors: 8 },
    traffic: { users, impressionsPerUser: 10, concurrentUsers: 12, poolSize: 50 },
    agent: {
      kind: 'drn',
      hidden: 16,
      batch: 32,
      pretrainSteps: 200,
      majorSteps: 5,
      majorEveryDuels: 2,
      replayImpressions: 200,
    },
    explorer: { kind: 'dbgd', duelImpressions: 30 },
    analysis: design === 'split' ? { engine: 'asymptotic' } : {},
    ...change,
  })
}

import { ExperimentSpec, type ExperimentSpecInput } from '#core/experimentSpec'

/** A run of about `users · impressions` lists that ends in a second. */
export function smallSpec(
  explorer: Partial<ExperimentSpecInput['explorer']> = {},
  traffic: ExperimentSpecInput['traffic'] = {},
  agent: Partial<ExperimentSpecInput['agent']> = {},
): ExperimentSpec {
  return ExperimentSpec.parse({
    name: 'small',
    environment: { kind: 'typedLatent', users: 60, items: 200, ratingsPerUser: 60, factors: 8 },
    traffic: { users: 60, impressionsPerUser: 10, concurrentUsers: 12, poolSize: 50, ...traffic },
    agent: {
      kind: 'drn',
      hidden: 16,
      batch: 32,
      pretrainSteps: 40,
      majorSteps: 5,
      replayImpressions: 200,
      ...agent,
    },
    explorer: { kind: 'dbgd', alpha: 0.5, duelImpressions: 30, ...explorer },
  })
}

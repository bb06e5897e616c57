import { ExperimentSpec, type ExperimentSpecInput } from '#core/experimentSpec'
import { newsLearner, newsPresets } from './newsPresets.ts'

/** A ready experiment, with the seed that the documentation speaks of. */
export interface Sample {
  readonly spec: ExperimentSpec
  readonly seed: number
}

const sample = (spec: ExperimentSpecInput, seed = 1): Sample => ({
  spec: ExperimentSpec.parse(spec),
  seed,
})

/** A world that starts fast: 500 users of eight tastes, 1,000 items. */
const smallWorld = { kind: 'typedLatent', items: 1000, ratingsPerUser: 240 } as const
const quickLearner = { kind: 'drn', hidden: 32, batch: 64, pretrainSteps: 300 } as const

/** Experiments that start with one click, or with `duelist run <id>`. */
export const samples = {
  duel: sample({
    name: 'Does wide exploration pay?',
    hypothesis:
      'At α = 0.6 the explore network shows other items often enough that users notice: the current network is preferred.',
    environment: smallWorld,
    agent: quickLearner,
    explorer: { kind: 'dbgd', alpha: 0.6 },
  }),
  aa: sample({
    name: 'A/A: the same network twice',
    hypothesis:
      'Both sides are independent perturbations of one network, so the true preference is 0 and no direction should be found.',
    environment: smallWorld,
    agent: quickLearner,
    explorer: { kind: 'dbgd', alpha: 0.3, exchangeable: true },
  }),
  'cold-start': sample({
    name: 'Learning from clicks alone',
    hypothesis:
      'Without pre-training the network starts at the level of random lists and climbs by its major updates.',
    environment: smallWorld,
    traffic: { users: 500, impressionsPerUser: 40 },
    agent: { ...quickLearner, pretrainSteps: 0, majorSteps: 40 },
    explorer: { kind: 'dbgd', alpha: 0.1 },
  }),
  'ddqn-vs-popularity': sample({
    name: 'A network that keeps learning against popularity',
    hypothesis:
      'The double deep Q-network knows the users’ tastes from their history: they prefer it to the most popular items within a few hundred users.',
    design: 'duel',
    rankers: [{ kind: 'learner', label: 'DDQN' }, { kind: 'popularity' }],
    environment: smallWorld,
    traffic: { users: 300 },
    agent: quickLearner,
  }),
  split: sample({
    name: 'The same two rankers as a classic A/B test',
    hypothesis:
      'Users who only see lists of the network click more per list than users who only see popular items, but it takes more users to say so.',
    design: 'split',
    rankers: [{ kind: 'learner', label: 'DDQN' }, { kind: 'popularity' }],
    environment: smallWorld,
    traffic: { users: 300 },
    agent: quickLearner,
    analysis: { engine: 'asymptotic' },
  }),
  multileave: sample({
    name: 'Three rankers in one list',
    hypothesis:
      'In this world matrix factorisation of the visible ratings is hard to beat: the network is preferred to popularity, but not to it.',
    design: 'duel',
    rankers: [{ kind: 'learner', label: 'DDQN' }, { kind: 'factors' }, { kind: 'popularity' }],
    environment: smallWorld,
    traffic: { users: 300 },
    interleaver: { kind: 'teamDraft' },
    agent: quickLearner,
  }),
  news: sample({
    name: 'News that ages, for users who come back',
    hypothesis:
      'The network learns from half an hour of clicks at a time: do users prefer it to its explore network, and does it keep up with popular items while news ages?',
    ...newsPresets.full,
    agent: newsLearner,
    explorer: { kind: 'dbgd', alpha: 0.1, duelSeconds: 1800 },
  }),
  movielens: sample({
    name: 'DRN on MovieLens 100K',
    hypothesis:
      'At α = 0.1 exploring costs so few clicks that 943 users can not tell the networks apart; the learnt network beats popularity.',
    environment: { kind: 'ratings', dataset: 'MovieLens 100K' },
    traffic: { users: 943, impressionsPerUser: 20 },
    explorer: { kind: 'dbgd', alpha: 0.1 },
  }),
} as const satisfies Record<string, Sample>

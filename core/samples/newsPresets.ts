import type { ExperimentSpecInput } from '#core/experimentSpec'

const traffic = { users: 500, impressionsPerUser: 20, poolSize: 50, listLength: 10 } as const
/** η = ½ falls from rank 1 to rank 10 about as r^−½ does. */
const biased = { kind: 'positionBased', eta: 0.5 } as const
const off = { tasteDrift: 0, tasteJump: 0, topicDrift: 0, boredom: 0, returnEffect: 0 } as const

/** World C with its effects switched off or on (simulators.md, C). */
export const newsPresets = {
  calm: {
    environment: { kind: 'news', ...off },
    traffic,
    click: { kind: 'positionBased', eta: 0 },
  },
  drift: { environment: { kind: 'news', boredom: 0, returnEffect: 0 }, traffic, click: biased },
  bored: { environment: { kind: 'news', ...off, boredom: 0.3 }, traffic, click: biased },
  full: { environment: { kind: 'news' }, traffic, click: biased },
} as const satisfies Record<string, Pick<ExperimentSpecInput, 'environment' | 'traffic' | 'click'>>

/** A learner for some thousand lists of two clicks in a hundred slots: larger steps only fit noise. */
export const newsLearner = {
  kind: 'drn',
  hidden: 32,
  batch: 128,
  learningRate: 0.0003,
  replayImpressions: 12_000,
  pretrainSteps: 400,
  majorSeconds: 3600,
} as const satisfies ExperimentSpecInput['agent']

import { newsPresets } from '../newsPresets.ts'
import { dense, question, quick } from './question.ts'

const dn = { ...quick, majorEveryDuels: 2 } as const
const ddqn = { ...dn, gamma: 0.8 } as const
/** Users who stay for many lists of few topics, so that what bores them is what they saw before. */
const calm = { ...newsPresets.calm.environment, ...dense, topics: 8, inSession: 0.9 } as const
const bored = { ...calm, boredom: 0.5 } as const

/** DN against DDQN, with and without boredom. */
export const future = question(
  {
    ...newsPresets.bored,
    environment: calm,
    explorer: { kind: 'none', duelImpressions: 20 },
  },
  [
    { name: 'DN, no boredom', agent: dn },
    { name: 'DDQN, no boredom', agent: ddqn },
    { name: 'DN, boredom', environment: bored, agent: dn },
    { name: 'DDQN, boredom', environment: bored, agent: ddqn },
  ],
  [
    {
      run: 'DDQN, no boredom',
      measure: 'served',
      than: 'DN, no boredom',
      shape: { kind: 'near', bound: 0.03 },
    },
    {
      run: 'DDQN, boredom',
      measure: 'served',
      than: 'DN, boredom',
      shape: { kind: 'above', bound: 1.03 },
    },
  ],
)

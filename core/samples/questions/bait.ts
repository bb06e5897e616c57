import { newsPresets } from '../newsPresets.ts'
import { dense, question, quick } from './question.ts'

const agent = { ...quick, majorEveryDuels: 2, gamma: 0.8 } as const

/** β where clicks and returns ask for different lists: half of the providers publish bait. */
export const bait = question(
  {
    ...newsPresets.full,
    environment: {
      ...newsPresets.full.environment,
      ...dense,
      returnEffect: 3,
      inSession: 0.3,
      baitShare: 0.5,
      baitLift: 0.5,
    },
    explorer: { kind: 'none', duelImpressions: 20 },
  },
  [
    { name: 'β = 0', agent },
    { name: 'β = 2', agent: { ...agent, beta: 2 } },
  ],
  [
    { run: 'β = 2', measure: 'served', than: 'β = 0', shape: { kind: 'below', bound: 0.95 } },
    { run: 'β = 2', measure: 'returns', than: 'β = 0', shape: { kind: 'above', bound: 1.05 } },
  ],
)

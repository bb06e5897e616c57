import { newsPresets } from '../newsPresets.ts'
import { dense, minorOnly, question } from './question.ts'

const explorer = { kind: 'dbgd', perturbScope: 'additive', alpha: 1, eta: 0.2 } as const

/** How long should a duel last? */
export const duelLength = question(
  {
    ...newsPresets.calm,
    environment: { ...newsPresets.calm.environment, ...dense },
    agent: minorOnly,
  },
  [
    { name: 'M = 1', explorer: { ...explorer, duelImpressions: 1 } },
    { name: 'M = 20', explorer: { ...explorer, duelImpressions: 20 } },
    { name: 'M = 200', explorer: { ...explorer, duelImpressions: 200 } },
  ],
  [
    { run: 'M = 20', measure: 'served', than: 'M = 1', shape: { kind: 'above', bound: 1.05 } },
    { run: 'M = 200', measure: 'served', than: 'M = 20', shape: { kind: 'above', bound: 1 } },
    { run: 'M = 1', measure: 'normGrowth', than: null, shape: { kind: 'above', bound: 10 } },
    { run: 'M = 200', measure: 'normGrowth', than: null, shape: { kind: 'below', bound: 1.5 } },
  ],
)

import { newsPresets } from '../newsPresets.ts'
import { dense, question, quick } from './question.ts'

const none = 'no exploration'

/** Does exploring pay at this α? */
export const exploringPays = question(
  {
    ...newsPresets.drift,
    environment: { ...newsPresets.drift.environment, ...dense },
    agent: quick,
  },
  [
    { name: none, explorer: { kind: 'none', duelImpressions: 20 } },
    { name: 'α = 0.1', explorer: { kind: 'dbgd', alpha: 0.1, duelImpressions: 20 } },
    { name: 'α = 0.6', explorer: { kind: 'dbgd', alpha: 0.6, duelImpressions: 20 } },
    { name: 'ε = 0.1', explorer: { kind: 'epsilonGreedy', duelImpressions: 20 } },
  ],
  ['α = 0.1', 'α = 0.6', 'ε = 0.1'].map((run) => ({
    run,
    measure: 'served',
    than: none,
    shape: { kind: 'near', bound: 0.03 },
  })),
)

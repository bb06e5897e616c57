import { newsLearner, newsPresets } from '../newsPresets.ts'
import { question } from './question.ts'

/** Does what learns beat the best static list, where two of a hundred random slots are clicked? */
export const aboveStatic = question(
  { ...newsPresets.full, explorer: { kind: 'none', duelSeconds: 1800 } },
  [
    { name: 'DDQN', agent: newsLearner },
    { name: 'DN', agent: { ...newsLearner, gamma: 0 } },
    { name: 'FTRL', agent: { kind: 'ftrl' } },
    { name: 'linear', agent: { kind: 'linear' } },
  ],
  ['DDQN', 'DN', 'FTRL', 'linear'].map((run) => ({
    run,
    measure: 'overStatic',
    than: null,
    shape: { kind: 'above', bound: 1 },
  })),
)

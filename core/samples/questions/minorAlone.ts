import { newsPresets } from '../newsPresets.ts'
import { dense, minorOnly, question, quick } from './question.ts'

const fresh = { pretrainSteps: 0 } as const
const explorer = { kind: 'dbgd', duelImpressions: 20 } as const

/** Can minor updates alone learn while tastes drift? */
export const minorAlone = question(
  {
    ...newsPresets.drift,
    environment: { ...newsPresets.drift.environment, ...dense },
    agent: { ...minorOnly, ...fresh },
  },
  [
    { name: 'no updates', explorer: { kind: 'none', duelImpressions: 20 } },
    { name: 'minor updates alone', explorer },
    { name: 'minor and major updates', explorer, agent: { ...quick, ...fresh } },
  ],
  [
    {
      run: 'minor updates alone',
      measure: 'served',
      than: 'no updates',
      shape: { kind: 'near', bound: 0.05 },
    },
    {
      run: 'minor and major updates',
      measure: 'served',
      than: 'minor updates alone',
      shape: { kind: 'above', bound: 1.15 },
    },
  ],
)

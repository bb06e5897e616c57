import { newsPresets } from '../newsPresets.ts'
import { dense, question, quick } from './question.ts'

/** Does the major update undo the minor ones? */
export const majorUndoes = question(
  {
    ...newsPresets.drift,
    environment: { ...newsPresets.drift.environment, ...dense },
    explorer: { kind: 'dbgd', alpha: 0.3, duelImpressions: 20 },
  },
  [
    { name: 'goes on from W', agent: quick },
    { name: 'starts from scratch', agent: { ...quick, majorInit: 'scratch' } },
    { name: 'no major update', agent: { ...quick, majorEveryDuels: 0 } },
  ],
  [
    {
      run: 'goes on from W',
      measure: 'served',
      than: 'no major update',
      shape: { kind: 'above', bound: 0.99 },
    },
    {
      run: 'starts from scratch',
      measure: 'served',
      than: 'goes on from W',
      shape: { kind: 'below', bound: 0.9 },
    },
  ],
)

import { newsPresets } from '../newsPresets.ts'
import { question, quick } from './question.ts'

/** Does the major update undo the minor ones? */
export const majorUndoes = question(
  { ...newsPresets.drift, explorer: { kind: 'dbgd', alpha: 0.3, duelImpressions: 20 } },
  [
    { name: 'goes on from W', agent: quick },
    { name: 'starts from scratch', agent: { ...quick, majorInit: 'scratch' } },
  ],
)

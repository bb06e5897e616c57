import { newsPresets } from '../newsPresets.ts'
import { minorOnly, question, quick } from './question.ts'

/** Do minor updates alone follow a drift? */
export const minorAlone = question(
  { ...newsPresets.drift, explorer: { kind: 'dbgd', duelImpressions: 20 } },
  [
    { name: 'minor updates alone', agent: minorOnly },
    { name: 'minor and major updates', agent: quick },
  ],
)

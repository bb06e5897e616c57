import { newsPresets } from '../newsPresets.ts'
import { minorOnly, question } from './question.ts'

const explorer = { kind: 'dbgd', perturbScope: 'additive', alpha: 0.5, eta: 0.2 } as const

/** How long should a duel last? */
export const duelLength = question({ ...newsPresets.calm, agent: minorOnly }, [
  { name: 'M = 1', explorer: { ...explorer, duelImpressions: 1 } },
  { name: 'M = 20', explorer: { ...explorer, duelImpressions: 20 } },
  { name: 'M = 200', explorer: { ...explorer, duelImpressions: 200 } },
])

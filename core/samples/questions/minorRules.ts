import { newsPresets } from '../newsPresets.ts'
import { minorOnly, question } from './question.ts'

const explorer = { kind: 'dbgd', alpha: 0.3, duelImpressions: 5 } as const

/** Step, printed, replace: what does each minor rule do to W? */
export const minorRules = question({ ...newsPresets.calm, agent: minorOnly }, [
  { name: 'step', explorer },
  { name: 'printed', explorer: { ...explorer, minorRule: 'printed', normGuard: 'off' } },
  { name: 'replace', explorer: { ...explorer, minorRule: 'replace' } },
])

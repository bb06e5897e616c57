import { newsPresets } from '../newsPresets.ts'
import { dense, minorOnly, question } from './question.ts'

const explorer = { kind: 'dbgd', alpha: 0.1, duelImpressions: 1 } as const

/** Step, printed, replace: what does each minor rule do to W, one duel a list? */
export const minorRules = question(
  {
    ...newsPresets.calm,
    environment: { ...newsPresets.calm.environment, ...dense },
    agent: minorOnly,
  },
  [
    { name: 'step', explorer },
    { name: 'printed, guarded', explorer: { ...explorer, minorRule: 'printed' } },
    { name: 'printed', explorer: { ...explorer, minorRule: 'printed', normGuard: 'off' } },
    { name: 'replace', explorer: { ...explorer, minorRule: 'replace' } },
  ],
  [
    { run: 'step', measure: 'normGrowth', than: null, shape: { kind: 'below', bound: 1.1 } },
    { run: 'printed', measure: 'normGrowth', than: null, shape: { kind: 'above', bound: 1e6 } },
    {
      run: 'printed, guarded',
      measure: 'served',
      than: 'step',
      shape: { kind: 'near', bound: 0.02 },
    },
    { run: 'printed', measure: 'served', than: 'step', shape: { kind: 'below', bound: 1 } },
    { run: 'replace', measure: 'served', than: 'step', shape: { kind: 'below', bound: 1 } },
  ],
)

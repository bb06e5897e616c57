import { newsPresets } from '../newsPresets.ts'
import { minorOnly, question, quick } from './question.ts'

const additive = { perturbScope: 'additive', alpha: 0.5, eta: 0.2, duelImpressions: 20 } as const

/** DBGD, MGD, ES and a gradient at equal traffic. */
export const equalTraffic = question({ ...newsPresets.drift, agent: minorOnly }, [
  { name: 'DBGD', explorer: { kind: 'dbgd', ...additive } },
  { name: 'MGD, 4 directions', explorer: { kind: 'mgd', directions: 4, ...additive } },
  { name: 'ES', explorer: { kind: 'es', eta: 0.1, shaping: 'raw', duelImpressions: 20 } },
  {
    name: 'gradient',
    agent: { ...quick, majorEveryDuels: 1 },
    explorer: { kind: 'none', duelImpressions: 20 },
  },
])

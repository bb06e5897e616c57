import { newsPresets } from '../newsPresets.ts'
import type { Expectation } from './expectation.ts'
import { dense, minorOnly, question, quick } from './question.ts'

const additive = { perturbScope: 'additive', alpha: 1, eta: 0.2, duelImpressions: 20 } as const
const gradientFree = ['DBGD', 'MGD, 4 directions', 'ES']

/** DBGD, MGD, ES and a gradient at equal traffic, from random weights. */
export const equalTraffic = question(
  {
    ...newsPresets.drift,
    environment: { ...newsPresets.drift.environment, ...dense },
    agent: { ...minorOnly, pretrainSteps: 0 },
  },
  [
    { name: 'no learning', explorer: { kind: 'none', duelImpressions: 20 } },
    { name: 'DBGD', explorer: { kind: 'dbgd', ...additive } },
    { name: 'MGD, 4 directions', explorer: { kind: 'mgd', directions: 4, ...additive } },
    { name: 'ES', explorer: { kind: 'es', eta: 0.1, shaping: 'raw', duelImpressions: 5 } },
    {
      name: 'gradient',
      agent: { ...quick, pretrainSteps: 0 },
      explorer: { kind: 'none', duelImpressions: 20 },
    },
  ],
  [
    ...gradientFree.map((run): Expectation => ({
      run,
      measure: 'served',
      than: 'no learning',
      shape: { kind: 'above', bound: 1 },
    })),
    ...gradientFree.map((than): Expectation => ({
      run: 'gradient',
      measure: 'served',
      than,
      shape: { kind: 'above', bound: 1.1 },
    })),
  ],
)

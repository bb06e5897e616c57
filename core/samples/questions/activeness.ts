import { newsPresets } from '../newsPresets.ts'
import { dense, question, quick } from './question.ts'

const agent = { ...quick, majorEveryDuels: 2 } as const

/** β: clicks today or returns next week? */
export const activeness = question(
  {
    ...newsPresets.full,
    environment: { ...newsPresets.full.environment, ...dense, returnEffect: 3, inSession: 0.3 },
    explorer: { kind: 'none', duelImpressions: 20 },
  },
  [
    { name: 'β = 0', agent },
    { name: 'β = 0.05', agent: { ...agent, beta: 0.05 } },
    { name: 'β = 0.5', agent: { ...agent, beta: 0.5 } },
  ],
  [
    { run: 'β = 0.05', measure: 'served', than: 'β = 0', shape: { kind: 'near', bound: 0.05 } },
    { run: 'β = 0.05', measure: 'returns', than: 'β = 0', shape: { kind: 'near', bound: 0.05 } },
    { run: 'β = 0.5', measure: 'served', than: 'β = 0', shape: { kind: 'near', bound: 0.1 } },
    { run: 'β = 0.5', measure: 'returns', than: 'β = 0', shape: { kind: 'near', bound: 0.1 } },
  ],
)

import { newsPresets } from '../newsPresets.ts'
import { question, quick } from './question.ts'

/** β: clicks today or returns next week? */
export const activeness = question({ ...newsPresets.full, explorer: { kind: 'none' } }, [
  { name: 'β = 0', agent: quick },
  { name: 'β = 0.05', agent: { ...quick, beta: 0.05 } },
  { name: 'β = 0.5', agent: { ...quick, beta: 0.5 } },
])

import { newsPresets } from '../newsPresets.ts'
import { question, quick } from './question.ts'

/** Does exploring pay at this α? */
export const exploringPays = question({ ...newsPresets.drift, agent: quick }, [
  { name: 'α = 0.1', explorer: { kind: 'dbgd', alpha: 0.1 } },
  { name: 'α = 0.6', explorer: { kind: 'dbgd', alpha: 0.6 } },
  { name: 'no exploration', explorer: { kind: 'none' } },
])

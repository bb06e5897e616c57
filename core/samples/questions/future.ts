import { newsPresets } from '../newsPresets.ts'
import { question, quick } from './question.ts'

const dn = { ...quick, gamma: 0 } as const

/** DN against DDQN, with and without boredom. */
export const future = question({ ...newsPresets.calm, explorer: { kind: 'none' } }, [
  { name: 'DN, no boredom', agent: dn },
  { name: 'DDQN, no boredom', agent: quick },
  { name: 'DN, boredom', ...newsPresets.bored, agent: dn },
  { name: 'DDQN, boredom', ...newsPresets.bored, agent: quick },
])

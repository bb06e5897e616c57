import type { ValiditySpec } from './validitySpec.ts'

const policies = 5
/** Contrasts of each kind of world's panel. */
const contrasts = {
  ratings: 1,
  lowRank: 1,
  typedLatent: 3,
  news: 6,
  sessions: 2,
  itemToItem: 5,
} as const satisfies Record<ValiditySpec['environment']['kind'], number>

/** Points of an examination: each policy and each contrast is one. Known without the code that runs it. */
export const validityTotal = ({ environment }: ValiditySpec): number =>
  policies + contrasts[environment.kind]

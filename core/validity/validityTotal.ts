import type { ValiditySpec } from './validitySpec.ts'

const policies = 5
/** Contrasts of `contrastsOf` by kind of world. */
const contrasts = { ratings: 1, lowRank: 1, typedLatent: 3, news: 6, sessions: 2 } as const

/** Points of an examination: each policy and each contrast is one. Known without the code that runs it. */
export const validityTotal = ({ environment }: ValiditySpec): number =>
  policies + contrasts[environment.kind]

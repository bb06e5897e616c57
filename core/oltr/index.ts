import { pDbgd, pDbgdSampled, tdDbgd, tdMgd } from './dueling.ts'
import type { OltrMethod } from './oltrLearner.ts'
import { pairwise, pdgd } from './pairwise.ts'

/** Online learners to rank, all linear. */
export const oltrMethods = { tdDbgd, pDbgd, pDbgdSampled, tdMgd, pdgd, pairwise } satisfies Record<
  string,
  OltrMethod
>
export type OltrMethodId = keyof typeof oltrMethods

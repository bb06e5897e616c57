import { AsymptoticSequence } from '../asymptoticSequence.ts'
import { BetaBinomialSequence } from '../betaBinomialSequence.ts'
import { BettingSequence } from '../bettingSequence.ts'
import { FixedUserT } from '../fixedUserT.ts'
import type { EngineKind } from './engine.ts'

const kinds = {
  betting: {
    paper: 'Waudby-Smith & Ramdas, JRSS-B 86(1), 2024',
    anytime: true,
    create: ({ alpha }, state) => new BettingSequence(alpha, state),
  },
  betaBinomial: {
    paper: 'Robbins, Annals of Mathematical Statistics 41(5), 1970',
    anytime: true,
    create: ({ alpha, prior }, state) => new BetaBinomialSequence(alpha, prior, state),
  },
  asymptotic: {
    paper: 'Waudby-Smith, Arbour, Sinha, Kennedy & Ramdas, Annals of Statistics 52(6), 2024',
    anytime: true,
    create: ({ alpha, horizon, range, centre }, state) =>
      new AsymptoticSequence(alpha, horizon, state, range, centre),
  },
  fixedUserT: {
    paper: 'Student, Biometrika 6(1), 1908',
    anytime: false,
    create: ({ alpha, horizon, range, centre }, state) =>
      new FixedUserT(alpha, horizon, state, range, centre),
  },
} satisfies Record<string, EngineKind>

export type EngineId = keyof typeof kinds

/** The engines that an analysis plan may name. */
export const engines: Readonly<Record<EngineId, EngineKind>> = kinds

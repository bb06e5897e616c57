import { binomialUpperTail, lnBinomialPmf, lnBinomialUpperTail } from './binomial.ts'
import { normalTwoSided } from './special.ts'

/** Wins of A, wins of B and ties among votes; no-votes are counted elsewhere. */
export interface VoteCounts {
  readonly winsA: number
  readonly winsB: number
  readonly ties: number
}

/** Numbers that need a decisive vote are null without one; p values are then 1. */
export interface SignTest {
  readonly decisive: number
  /** Exact, two-sided. */
  readonly p: number
  /** ln p; stays finite where p underflows. */
  readonly lnP: number
  /** Exact, of A being preferred. */
  readonly pGreater: number
  readonly midP: number
  readonly z: number | null
  readonly pNormal: number | null
  readonly pNormalCorrected: number | null
  /** Keeps the ties; null above 1500 votes or without a decisive one. */
  readonly pTrinomial: number | null
  readonly reason: 'noDecisiveVotes' | null
}

/** Sign test of winsA against winsB: W ~ Bin(winsA + winsB, ½) when there is no preference. */
export function signTest({ winsA, winsB, ties }: VoteCounts): SignTest {
  const decisive = winsA + winsB
  if (decisive === 0) return noDecision
  const more = Math.max(winsA, winsB)
  const upper = lnBinomialUpperTail(more, decisive, 0.5)
  const beyond = binomialUpperTail(more + 1, decisive, 0.5)
  const difference = Math.abs(winsA - winsB)
  const root = Math.sqrt(decisive)
  return {
    decisive,
    p: Math.min(1, 2 * binomialUpperTail(more, decisive, 0.5)),
    lnP: Math.min(0, Math.LN2 + upper),
    pGreater: binomialUpperTail(winsA, decisive, 0.5),
    midP: Math.min(1, 2 * beyond + Math.exp(lnBinomialPmf(more, decisive, 0.5))),
    z: (winsA - winsB) / root,
    pNormal: normalTwoSided(difference / root),
    pNormalCorrected: normalTwoSided(Math.max(0, difference - 1) / root),
    pTrinomial: trinomialTest({ winsA, winsB, ties }),
    reason: null,
  }
}

const noDecision: SignTest = {
  decisive: 0,
  p: 1,
  lnP: 0,
  pGreater: 1,
  midP: 1,
  z: null,
  pNormal: null,
  pNormalCorrected: null,
  pTrinomial: null,
  reason: 'noDecisiveVotes',
}

/** Votes above which the trinomial test is left out: its cost grows with their square. */
const trinomialLimit = 1500

/**
 * Two-sided p of N_A − N_B when ties have their observed share and A and B half of the rest each.
 *
 * Source: Bian, McAleer & Wong, "A trinomial test for paired data when there are many ties",
 * Mathematics and Computers in Simulation 81(6), 2011.
 */
function trinomialTest({ winsA, winsB, ties }: VoteCounts): number | null {
  const n = winsA + winsB + ties
  if (n > trinomialLimit) return null
  const difference = Math.abs(winsA - winsB)
  const pDecisive = (winsA + winsB) / n
  let tail = 0
  for (let decisive = difference; decisive <= n; decisive++) {
    const atLeast = Math.ceil((decisive + difference) / 2)
    tail += Math.exp(
      lnBinomialPmf(decisive, n, pDecisive) + lnBinomialUpperTail(atLeast, decisive, 0.5),
    )
  }
  return Math.min(1, 2 * tail)
}

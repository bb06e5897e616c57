import { bayesPreference } from '#core/stats/bayesPreference'
import { betaBinomialInterval, lnBetaBinomial } from '#core/stats/betaBinomial'
import type { Interval } from '#core/stats/interval'
import { proportionInterval } from '#core/stats/proportionInterval'
import { signTest, type VoteCounts } from '#core/stats/signTest'

/** What every way of looking at the same votes says. Null where there is no decisive vote. */
export interface WorkedVotes {
  readonly decisive: number
  readonly delta: number | null
  readonly exactP: number | null
  readonly midP: number | null
  readonly trinomialP: number | null
  readonly z: number | null
  readonly normalP: number | null
  readonly wilson: Interval | null
  readonly clopperPearson: Interval | null
  /** Posterior of a uniform prior: descriptive, never the engine that decides. */
  readonly pABetter: number | null
  readonly credible: Interval | null
  /** e-value of the Beta(1, 1) mixture, and its interval: valid at any look. */
  readonly eValue: number | null
  readonly sequence: Interval | null
  readonly needed: number
}

const alpha = 0.05
const uniform = [1, 1] as const

/** All at an error rate of 5 %; intervals are of the share of decisive votes for A. */
export function workedVotes(votes: VoteCounts): WorkedVotes {
  const { winsA, winsB, ties } = votes
  const n = winsA + winsB
  const all = n + ties
  const test = signTest(votes)
  const known = n > 0
  const bayes = known
    ? bayesPreference(winsA, n, { prior: uniform, equivalence: { low: 0.49, high: 0.51 }, alpha })
    : null
  return {
    decisive: n,
    delta: all > 0 ? (winsA + ties / 2) / all - 0.5 : null,
    exactP: known ? test.p : null,
    midP: known ? test.midP : null,
    trinomialP: test.pTrinomial,
    z: test.z,
    normalP: test.pNormal,
    wilson: known ? proportionInterval.wilson(winsA, n, alpha) : null,
    clopperPearson: known ? proportionInterval.clopperPearson(winsA, n, alpha) : null,
    pABetter: bayes?.pABetter ?? null,
    credible: bayes?.credible ?? null,
    eValue: known ? Math.exp(lnBetaBinomial(winsA, n, 0.5, uniform)) : null,
    sequence: known ? betaBinomialInterval(winsA, n, alpha, uniform) : null,
    needed: 1 / alpha,
  }
}

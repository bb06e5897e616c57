import type { Interval } from './interval.ts'
import { betaCdf, betaInverse } from './special.ts'

export interface BayesPreference {
  /** P(p > ½). */
  readonly pABetter: number
  readonly mean: number
  /** Equal-tailed, level 1 − α. */
  readonly credible: Interval
  /** P(p inside the region of practical equivalence). */
  readonly pEquivalent: number
  /** E[max(½ − p, 0)]: what choosing A costs on average where B is better. */
  readonly expectedLossOfA: number
}

/**
 * Posterior of the share p of decisive votes for A. Descriptive: it is not safe under peeking and
 * never decides.
 *
 * @param k votes for A among n decisive ones
 * @param plan Beta(a, b) prior, equivalence region of p, α
 */
export function bayesPreference(
  k: number,
  n: number,
  plan: {
    readonly prior: readonly [number, number]
    readonly equivalence: Interval
    readonly alpha: number
  },
): BayesPreference {
  const a = plan.prior[0] + k
  const b = plan.prior[1] + n - k
  const mean = a / (a + b)
  return {
    pABetter: betaCdf(0.5, b, a),
    mean,
    credible: {
      low: betaInverse(plan.alpha / 2, a, b),
      high: betaInverse(1 - plan.alpha / 2, a, b),
    },
    pEquivalent: betaCdf(plan.equivalence.high, a, b) - betaCdf(plan.equivalence.low, a, b),
    expectedLossOfA: betaCdf(0.5, a, b) / 2 - mean * betaCdf(0.5, a + 1, b),
  }
}

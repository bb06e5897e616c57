import { crossing } from './crossing.ts'
import type { Interval } from './interval.ts'
import { lnBeta } from './special.ts'

/**
 * ln e-value of k successes in n against success probability p, with p mixed by Beta(a, b):
 * ln B(a + k, b + n − k) − ln B(a, b) − k ln p − (n − k) ln(1 − p).
 *
 * Source: Robbins, "Statistical methods related to the law of the iterated logarithm", Annals of
 * Mathematical Statistics 41(5), 1970 (mixture martingale).
 * @param p in (0, 1)
 */
export function lnBetaBinomial(
  k: number,
  n: number,
  p: number,
  [a, b]: readonly [number, number],
): number {
  const successes = k === 0 ? 0 : k * Math.log(p)
  const failures = k === n ? 0 : (n - k) * Math.log1p(-p)
  return lnBeta(a + k, b + n - k) - lnBeta(a, b) - successes - failures
}

/** {p : E_n(p) < 1/α}: an interval, as ln E is convex in p with its minimum at k/n. */
export function betaBinomialInterval(
  k: number,
  n: number,
  alpha: number,
  [a, b]: readonly [number, number],
): Interval {
  // Counting failures instead of successes turns the upper end into a lower one.
  return { low: lowEnd(k, n, alpha, [a, b]), high: 1 - lowEnd(n - k, n, alpha, [b, a]) }
}

/** Smallest probability looked at: below it the logarithm of p would end at −∞. */
const tiny = 1e-300

function lowEnd(k: number, n: number, alpha: number, prior: readonly [number, number]): number {
  const excess = (p: number): number => lnBetaBinomial(k, n, p, prior) + Math.log(alpha)
  return k === 0 || excess(tiny) < 0 ? 0 : crossing(excess, tiny, k / n)
}

import { clipTo, unitInterval, type Interval } from './interval.ts'

/**
 * Mixture sequential probability ratio test of a mean with known variance, as other platforms use
 * it; approximate for votes, for comparison only.
 *
 * Source: Johari, Koomen, Pekelis & Walsh, "Always valid inference", Operations Research 70(3),
 * 2022.
 * @param mean of n values, n ≥ 1
 * @param plan θ₀, variance σ² of one value, mixing variance τ² and error rate α
 */
export function gaussianMsprt(
  mean: number,
  n: number,
  plan: {
    readonly theta0: number
    readonly sigma2: number
    readonly tau2: number
    readonly alpha: number
  },
): {
  readonly lnLambda: number
  readonly p: number
  readonly unclipped: Interval
  readonly interval: Interval
} {
  const { theta0, sigma2, tau2, alpha } = plan
  const v = sigma2 + n * tau2
  const lnLambda =
    Math.log(sigma2 / v) / 2 + (n * n * tau2 * (mean - theta0) ** 2) / (2 * sigma2 * v)
  const half = Math.sqrt(
    ((sigma2 * v) / (n * n * tau2)) * (2 * Math.log(1 / alpha) + Math.log(v / sigma2)),
  )
  const unclipped = { low: mean - half, high: mean + half }
  return {
    lnLambda,
    p: Math.min(1, Math.exp(-lnLambda)),
    unclipped,
    interval: clipTo(unitInterval, unclipped),
  }
}

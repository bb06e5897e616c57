import betainc from '@stdlib/math-base-special-betainc'
import betaln from '@stdlib/math-base-special-betaln'
import erfc from '@stdlib/math-base-special-erfc'
import gammainc from '@stdlib/math-base-special-gammainc'
import gammaln from '@stdlib/math-base-special-gammaln'
import betaQuantile from '@stdlib/stats-base-dists-beta-quantile'
import chiSquareCdf from '@stdlib/stats-base-dists-chisquare-cdf'
import normalCdf from '@stdlib/stats-base-dists-normal-cdf'
import normalQuantile from '@stdlib/stats-base-dists-normal-quantile'
import studentCdf from '@stdlib/stats-base-dists-t-cdf'
import studentQuantile from '@stdlib/stats-base-dists-t-quantile'

/** ln B(a, b), a and b > 0. */
export const lnBeta = (a: number, b: number): number => betaln(a, b)

/** ln Γ(x), x > 0. */
export const lnGamma = (x: number): number => gammaln(x)

/** Regularised incomplete beta I_x(a, b) = P(Beta(a, b) ≤ x). */
export const betaCdf = (x: number, a: number, b: number): number => betainc(x, a, b)

/** Quantile of Beta(a, b), p in [0, 1]. */
export const betaInverse = (p: number, a: number, b: number): number => betaQuantile(p, a, b)

/** Standard normal distribution function; accurate in the lower tail. */
export const phi = (z: number): number => normalCdf(z, 0, 1)

/** Standard normal quantile z_p. */
export const phiInverse = (p: number): number => normalQuantile(p, 0, 1)

/** P(|Z| ≥ |z|), by the survival function: no digits are lost in the tail. */
export const normalTwoSided = (z: number): number => erfc(Math.abs(z) / Math.SQRT2)

/** P(|T| ≥ |t|) with `df` degrees of freedom. */
export const studentTwoSided = (t: number, df: number): number =>
  Math.min(1, 2 * studentCdf(-Math.abs(t), df))

/** Quantile of Student's t with `df` degrees of freedom. */
export const studentInverse = (p: number, df: number): number => studentQuantile(p, df)

/** P(χ² ≥ x) with `df` degrees of freedom. */
export const chiSquareTail = (x: number, df: number): number =>
  x <= 0 ? 1 : gammainc(x / 2, df / 2, true, true)

/**
 * Quantile of the χ² distribution, by bisection to the last bit.
 *
 * @param p in [0, 1)
 * @throws RangeError for p outside [0, 1)
 */
export function chiSquareInverse(p: number, df: number): number {
  if (!(p >= 0 && p < 1)) throw new RangeError(`probability ${p} is not in [0, 1)`)
  if (p === 0) return 0
  // Above the median the survival function keeps the digits that 1 − p would lose.
  const beyond = (x: number): boolean =>
    p > 0.5 ? chiSquareTail(x, df) < 1 - p : chiSquareCdf(x, df) > p
  let low = 0
  let high = df + 10
  while (!beyond(high)) high *= 2
  for (;;) {
    const middle = (low + high) / 2
    if (middle <= low || middle >= high) return middle
    if (beyond(middle)) high = middle
    else low = middle
  }
}

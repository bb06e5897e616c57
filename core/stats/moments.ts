import { isNegligible } from './meanTest.ts'

/** Running mean and sum of squared deviations by Welford's update; no score is kept. */
export interface Moments {
  readonly n: number
  readonly mean: number
  readonly squares: number // Σ(x − mean)²
}

export const noMoments: Moments = { n: 0, mean: 0, squares: 0 }

/**
 * The moments after one more value.
 *
 * Source: Welford, "Note on a method for calculating corrected sums of squares and products",
 * Technometrics 4(3), 1962.
 */
export function withValue({ n, mean, squares }: Moments, x: number): Moments {
  const next = mean + (x - mean) / (n + 1)
  return { n: n + 1, mean: next, squares: squares + (x - mean) * (x - next) }
}

/**
 * Sample standard deviation with n − 1; null below two values, and where the values differ by no
 * more than their rounding.
 *
 * @param centre what the mean will be compared with
 */
export function sampleSd({ n, mean, squares }: Moments, centre: number): number | null {
  if (n < 2) return null
  const sd = Math.sqrt(squares / (n - 1))
  return isNegligible(sd, mean, centre) ? null : sd
}

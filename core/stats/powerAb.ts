import { crossing } from './crossing.ts'
import { noncentralTTail } from './noncentralT.ts'
import { phi, phiInverse, studentInverse } from './special.ts'

interface ErrorRates {
  readonly alpha: number
  readonly power: number
}

/**
 * Users per arm for a two-sided z test of two proportions, not rounded.
 *
 * Source: Fleiss, Levin & Paik, "Statistical methods for rates and proportions", 2003, ch. 4.
 * @throws RangeError for equal proportions
 */
export function usersPerArm(p1: number, p2: number, { alpha, power }: ErrorRates): number {
  requireDifferent(p1, p2)
  const mean = (p1 + p2) / 2
  const z =
    phiInverse(1 - alpha / 2) * Math.sqrt(2 * mean * (1 - mean)) +
    phiInverse(power) * Math.sqrt(p1 * (1 - p1) + p2 * (1 - p2))
  return (z / (p2 - p1)) ** 2
}

/**
 * The same by the arcsine transformation, with Cohen's effect size h; power counts both tails.
 *
 * Source: Cohen, "Statistical power analysis for the behavioral sciences", 2nd ed., 1988, ch. 6.
 */
export function usersPerArmArcsine(
  p1: number,
  p2: number,
  { alpha, power }: ErrorRates,
): { readonly h: number; readonly n: number } {
  requireDifferent(p1, p2)
  const h = 2 * Math.asin(Math.sqrt(p2)) - 2 * Math.asin(Math.sqrt(p1))
  const limit = phiInverse(1 - alpha / 2)
  const missing = (shift: number): number => phi(shift - limit) + phi(-shift - limit) - power
  const shift = crossing(missing, 0, limit + 10)
  return { h, n: 2 * (shift / h) ** 2 }
}

/** Pairs for a two-sided paired t test of standardised difference d_z > 0, not rounded. */
export const pairsForT = (d: number, rates: ErrorRates): number =>
  solveSize(rates, (n) => ({ df: n - 1, noncentrality: d * Math.sqrt(n) }))

/** Users per arm for a two-sided two-sample t test of standardised difference d > 0, not rounded. */
export const usersPerArmForT = (d: number, rates: ErrorRates): number =>
  solveSize(rates, (n) => ({ df: 2 * n - 2, noncentrality: d * Math.sqrt(n / 2) }))

function solveSize(
  { alpha, power }: ErrorRates,
  design: (n: number) => { readonly df: number; readonly noncentrality: number },
): number {
  const missing = (n: number): number => {
    const { df, noncentrality } = design(n)
    const limit = studentInverse(1 - alpha / 2, df)
    // P(T > limit) + P(T < −limit); the second is the first with the opposite sign
    return (
      noncentralTTail(limit, df, noncentrality) + noncentralTTail(limit, df, -noncentrality) - power
    )
  }
  if (missing(2) >= 0) return 2
  let high = 4
  while (missing(high) < 0) high *= 2
  return crossing(missing, high / 2, high)
}

function requireDifferent(p1: number, p2: number): void {
  if (p1 === p2) throw new RangeError(`no sample size tells ${p1} from itself`)
}

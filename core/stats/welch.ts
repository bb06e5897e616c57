import type { Interval } from './interval.ts'
import { isNegligible } from './meanTest.ts'
import type { Moments } from './moments.ts'
import { studentInverse, studentTwoSided } from './special.ts'

export interface WelchTest {
  readonly difference: number // mean of a − mean of b
  readonly se: number
  readonly t: number
  readonly df: number
  readonly p: number // two-sided
  readonly interval: Interval // of the difference
}

/**
 * Welch's test of two independent samples, from their moments.
 *
 * Source: Welch, "The generalization of Student's problem …", Biometrika 34(1–2), 1947.
 * @param alpha 1 − the level of the interval
 * @returns null with fewer than two values in a sample, or when neither varies
 */
export function welch(a: Moments, b: Moments, alpha: number): WelchTest | null {
  if (a.n < 2 || b.n < 2) return null
  const va = a.squares / (a.n - 1) / a.n
  const vb = b.squares / (b.n - 1) / b.n
  const se = Math.sqrt(va + vb)
  if (isNegligible(se, a.mean, b.mean)) return null
  const difference = a.mean - b.mean
  const t = difference / se
  const df = (va + vb) ** 2 / (va ** 2 / (a.n - 1) + vb ** 2 / (b.n - 1))
  const half = studentInverse(1 - alpha / 2, df) * se
  const interval = { low: difference - half, high: difference + half }
  return { difference, se, t, df, p: studentTwoSided(t, df), interval }
}

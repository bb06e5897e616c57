import type { Interval } from './interval.ts'
import { studentInverse, studentTwoSided } from './special.ts'

/** What stops an estimate from existing; shown beside the dash. */
export type NotEstimable =
  'noVotes' | 'fewerThanTwoUsers' | 'fewerThanTwoPoints' | 'noVariance' | 'noNonZeroDifference'

/** Student's t of one mean; everything but n and the mean is null with a reason when degenerate. */
export interface MeanTest {
  readonly n: number
  readonly mean: number | null
  readonly sd: number | null
  readonly se: number | null
  readonly t: number | null
  readonly df: number | null
  readonly p: number | null
  readonly interval: Interval | null
  readonly reason: NotEstimable | null
}

/**
 * Two-sided one-sample t test with its interval of the mean.
 *
 * @param values one per independent unit
 * @param nullMean the mean under the null hypothesis
 * @param alpha 1 − the level of the interval
 */
export function meanTest(values: readonly number[], nullMean: number, alpha: number): MeanTest {
  const n = values.length
  const mean = n === 0 ? null : sum(values) / n
  const none = { n, mean, sd: null, se: null, t: null, df: null, p: null, interval: null }
  if (mean === null) return { ...none, reason: 'noVotes' }
  if (n < 2) return { ...none, reason: 'fewerThanTwoUsers' }
  const df = n - 1
  const sd = Math.sqrt(sum(values.map((x) => (x - mean) ** 2)) / df)
  const se = sd / Math.sqrt(n)
  if (isNegligible(sd, mean, nullMean)) return { ...none, sd: 0, se: 0, df, reason: 'noVariance' }
  const t = (mean - nullMean) / se
  const half = studentInverse(1 - alpha / 2, df) * se
  return {
    n,
    mean,
    sd,
    se,
    t,
    df,
    p: studentTwoSided(t, df),
    interval: { low: mean - half, high: mean + half },
    reason: null,
  }
}

/** Neumaier's compensated sum: exact to the last digits however many terms there are. */
export function sum(values: Iterable<number>): number {
  let total = 0
  let lost = 0
  for (const x of values) {
    const next = total + x
    lost += Math.abs(total) >= Math.abs(x) ? total - next + x : x - next + total
    total = next
  }
  return total + lost
}

/** Whether a standard deviation is nothing but rounding, beside the numbers it came from. */
export const isNegligible = (sd: number, ...scale: readonly number[]): boolean =>
  sd <= 1e-14 * Math.max(...scale.map(Math.abs))

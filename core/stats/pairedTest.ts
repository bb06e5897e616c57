import { meanTest, type MeanTest } from './meanTest.ts'
import { noMoments, withValue } from './moments.ts'
import { welch, type WelchTest } from './welch.ts'

export interface PairedTest extends MeanTest {
  /** Standardised mean difference d_z = mean/sd; null without variance. */
  readonly cohenDz: number | null
  /** d_z with Hedges' correction 1 − 3/(4 df − 1). */
  readonly hedgesGz: number | null
}

/**
 * Paired t test of a − b with its effect sizes.
 *
 * Source: Lakens, Frontiers in Psychology 4:863, 2013 (d_z, Hedges' g).
 * @param a one value per user; @param b the same users in the same order
 * @throws RangeError for different lengths
 */
export function pairedTest(a: readonly number[], b: readonly number[], alpha: number): PairedTest {
  const test = meanTest(differences(a, b), 0, alpha)
  const cohenDz = test.t === null ? null : test.t / Math.sqrt(test.n)
  const correction = test.df === null ? 1 : 1 - 3 / (4 * test.df - 1)
  return { ...test, cohenDz, hedgesGz: cohenDz === null ? null : cohenDz * correction }
}

/** a − b, element by element. */
export function differences(a: readonly number[], b: readonly number[]): number[] {
  if (a.length !== b.length) {
    throw new RangeError(`${a.length} values can not be paired with ${b.length}`)
  }
  return a.map((x, i) => x - b[i]!)
}

/**
 * Welch's test of two independent samples; on paired data it shows what pairing is worth.
 *
 * @returns null with fewer than two values in a sample or without variance
 */
export function welchTest(a: readonly number[], b: readonly number[]): WelchTest | null {
  return welch(a.reduce(withValue, noMoments), b.reduce(withValue, noMoments), 0.05)
}

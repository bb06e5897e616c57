import { meanTest, sum, type MeanTest } from './meanTest.ts'
import { studentTwoSided } from './special.ts'

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
 * Source: Welch, Biometrika 34(1–2), 1947.
 * @returns null with fewer than two values in a sample or without variance
 */
export function welchTest(
  a: readonly number[],
  b: readonly number[],
): { readonly t: number; readonly df: number; readonly p: number } | null {
  const [ma, mb] = [meanTest(a, 0, 0.05), meanTest(b, 0, 0.05)]
  if (ma.mean === null || mb.mean === null || ma.se === null || mb.se === null) return null
  const [va, vb] = [ma.se ** 2, mb.se ** 2]
  if (va + vb === 0) return null
  const t = (ma.mean - mb.mean) / Math.sqrt(va + vb)
  const df = (va + vb) ** 2 / sum([va ** 2 / (a.length - 1), vb ** 2 / (b.length - 1)])
  return { t, df, p: studentTwoSided(t, df) }
}

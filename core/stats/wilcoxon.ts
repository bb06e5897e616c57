import type { NotEstimable } from './meanTest.ts'
import { midRanks, rounded } from './ranks.ts'
import { normalTwoSided } from './special.ts'

export interface WilcoxonTest {
  readonly nonZero: number
  /** The smaller of the two rank sums. */
  readonly w: number | null
  /** Normal approximation with tie correction. */
  readonly p: number | null
  /** The same with continuity correction. */
  readonly pCorrected: number | null
  /** From the exact law of ranks 1 … n, as if there were no ties; null above 50 differences. */
  readonly pExactIgnoringTies: number | null
  readonly reason: NotEstimable | null
}

/** Non-zero differences up to which the exact law is counted: 2⁵⁰ is exact in a double. */
const exactLimit = 50

/**
 * Wilcoxon's signed-rank test. Differences are rounded to 10 decimals before ranking.
 *
 * Source: Wilcoxon, Biometrics Bulletin 1(6), 1945; Pratt & Gibbons, "Concepts of nonparametric
 * theory", 1981, ch. 3 (zeros).
 * @param zeros `drop` leaves zero differences out; `split` ranks them and halves their ranks
 */
export function wilcoxonTest(
  differences: readonly number[],
  zeros: 'drop' | 'split' = 'drop',
): WilcoxonTest {
  const nonZero = differences.filter((d) => rounded(d) !== 0).length
  const none = { nonZero, w: null, p: null, pCorrected: null, pExactIgnoringTies: null }
  if (nonZero === 0) return { ...none, reason: 'noNonZeroDifference' }
  const used = zeros === 'drop' ? differences.filter((d) => rounded(d) !== 0) : differences
  const { ranks, ties } = midRanks(used.map(Math.abs))
  let plus = 0
  let minus = 0
  used.forEach((d, i) => {
    const share = (Math.sign(rounded(d)) + 1) / 2
    plus += share * ranks[i]!
    minus += (1 - share) * ranks[i]!
  })
  const n = used.length
  const tied = ties.reduce((total, size) => total + size ** 3 - size, 0)
  const sd = Math.sqrt((n * (n + 1) * (2 * n + 1) - tied / 2) / 24)
  const w = Math.min(plus, minus)
  const distance = (n * (n + 1)) / 4 - w
  return {
    nonZero,
    w,
    p: normalTwoSided(distance / sd),
    pCorrected: normalTwoSided(Math.max(0, distance - 0.5) / sd),
    pExactIgnoringTies: zeros === 'drop' && n <= exactLimit ? exactTwoSided(w, n) : null,
    reason: null,
  }
}

/** min(1, 2 P(W⁺ ≤ w)), counting the subsets of ranks 1 … n by their sum. */
function exactTwoSided(w: number, n: number): number {
  const counts = new Float64Array((n * (n + 1)) / 2 + 1)
  counts[0] = 1
  for (let rank = 1; rank <= n; rank++) {
    for (let s = counts.length - 1; s >= rank; s--) counts[s] = counts[s]! + counts[s - rank]!
  }
  let subsets = 0
  for (let s = 0; s <= w; s++) subsets += counts[s]!
  return Math.min(1, (2 * subsets) / 2 ** n)
}

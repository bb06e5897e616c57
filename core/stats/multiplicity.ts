import padjust from '@stdlib/stats-padjust'

type Adjust = (p: readonly number[]) => number[]

/**
 * Adjusted p values of one family, in the order given; reject where they are at most α. BH controls
 * the false discovery rate, BY does so under any dependence, the others the family-wise error.
 *
 * Sources: Benjamini & Hochberg 1995; Benjamini & Yekutieli 2001; Holm 1979; Šidák 1967;
 * Hommel 1988.
 */
export const adjustments = {
  bh: (p) => padjust([...p], 'bh'),
  by: (p) => padjust([...p], 'by'),
  holm: (p) => padjust([...p], 'holm'),
  bonferroni: (p) => padjust([...p], 'bonferroni'),
  holmSidak,
  hommel,
} satisfies Record<string, Adjust>

export type AdjustmentId = keyof typeof adjustments

/**
 * @param p p values in [0, 1]; an empty family gives empty columns
 * @throws RangeError for a value outside [0, 1]
 */
export function adjustFamily(
  p: readonly number[],
  method: AdjustmentId,
  alpha: number,
): { readonly adjusted: readonly number[]; readonly reject: readonly boolean[] } {
  const bad = p.find((x) => !(x >= 0 && x <= 1))
  if (bad !== undefined) throw new RangeError(`p value ${bad} is not in [0, 1]`)
  const adjusted = p.length === 0 ? [] : adjustments[method](p)
  return { adjusted, reject: adjusted.map((x) => x <= alpha) }
}

/** Step-down with 1 − (1 − p)^m, written so that small p keep their digits. */
function holmSidak(p: readonly number[]): number[] {
  const order = p.map((_, i) => i).sort((i, j) => p[i]! - p[j]!)
  const adjusted = new Array<number>(p.length).fill(1)
  let largest = 0
  order.forEach((index, rank) => {
    largest = Math.max(largest, -Math.expm1((p.length - rank) * Math.log1p(-p[index]!)))
    adjusted[index] = Math.min(1, largest)
  })
  return adjusted
}

/**
 * Hommel's procedure by Wright's algorithm (Biometrics 48, 1992). Hand-written: the package that does
 * the others drops the starting value Simes' bound gives all hypotheses, and so returns values that
 * are too small.
 */
function hommel(p: readonly number[]): number[] {
  const n = p.length
  const order = p.map((_, i) => i).sort((i, j) => p[i]! - p[j]!)
  const sorted = order.map((i) => p[i]!)
  const simes = Math.min(...sorted.map((x, i) => (n * x) / (i + 1)))
  const largest = new Array<number>(n).fill(simes)
  for (let m = n - 1; m >= 2; m--) {
    const kept = n - m + 1 // hypotheses outside the m − 1 largest
    const upper = sorted.slice(kept)
    const bound = Math.min(...upper.map((x, i) => (m * x) / (i + 2)))
    const inner = sorted.map((x, i) => (i < kept ? Math.min(m * x, bound) : 0))
    for (let i = 0; i < n; i++) {
      largest[i] = Math.max(largest[i]!, i < kept ? inner[i]! : inner[kept - 1]!)
    }
  }
  const adjusted = new Array<number>(n).fill(1)
  order.forEach((index, rank) => {
    adjusted[index] = Math.max(largest[rank]!, sorted[rank]!)
  })
  return adjusted
}

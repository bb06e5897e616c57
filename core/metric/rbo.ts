/** What a ranking may name: rows or ids. */
type ItemId = string | number

/**
 * Extrapolated rank-biased overlap of two rankings, also of different lengths: 1 when the shorter
 * one is the beginning of the longer, 0 when they share nothing.
 *
 * Source: Webber, Moffat & Zobel, ACM TOIS 28(4), 2010, Eq. 32.
 * @param a item ids, best first; @param b the same
 * @param p persistence in (0, 1); at 0.9 the first 10 ranks carry about 86 % of the weight
 * @returns null when either is empty
 * @throws RangeError if p is not in (0, 1) or a ranking names an item twice
 */
export function rboExtrapolated(
  a: readonly ItemId[],
  b: readonly ItemId[],
  p: number,
): number | null {
  requireRankings(a, b, p)
  const [short, long] = a.length <= b.length ? [a, b] : [b, a]
  const s = short.length
  const l = long.length
  if (s === 0) return null
  const overlap = overlaps(short, long)
  const shared = overlap[l]! // X_l
  const sharedShort = overlap[s]! // X_s
  let total = 0
  for (let d = 1; d <= l; d++) {
    total += (overlap[d]! / d) * p ** d
    if (d > s) total += ((sharedShort * (d - s)) / (s * d)) * p ** d
  }
  return ((1 - p) / p) * total + ((shared - sharedShort) / l + sharedShort / s) * p ** l
}

/**
 * Smallest rank-biased overlap that any continuation of the two rankings could have.
 *
 * Source: Webber, Moffat & Zobel, ACM TOIS 28(4), 2010, Eq. 11; of uneven lists, the common depth.
 * @returns null when either is empty
 * @throws RangeError if p is not in (0, 1) or a ranking names an item twice
 */
export function rboMinimum(a: readonly ItemId[], b: readonly ItemId[], p: number): number | null {
  requireRankings(a, b, p)
  const k = Math.min(a.length, b.length)
  if (k === 0) return null
  const overlap = overlaps(a.slice(0, k), b.slice(0, k))
  const shared = overlap[k]!
  let total = 0
  for (let d = 1; d <= k; d++) total += ((overlap[d]! - shared) * p ** d) / d
  return ((1 - p) / p) * (total - shared * Math.log(1 - p))
}

/** Size of the intersection of the first d items of both, for d = 0 … length of the longer. */
function overlaps(a: readonly ItemId[], b: readonly ItemId[]): number[] {
  const inA = new Set<ItemId>()
  const inB = new Set<ItemId>()
  const counts = [0]
  let shared = 0
  for (let d = 0; d < Math.max(a.length, b.length); d++) {
    const x = a[d]
    const y = b[d]
    if (x !== undefined) inA.add(x)
    if (y !== undefined) inB.add(y)
    if (x !== undefined && inB.has(x)) shared++
    if (y !== undefined && y !== x && inA.has(y)) shared++
    counts.push(shared)
  }
  return counts
}

function requireRankings(a: readonly ItemId[], b: readonly ItemId[], p: number): void {
  if (!(p > 0 && p < 1)) throw new RangeError(`persistence ${p} is not in (0, 1)`)
  for (const ranking of [a, b]) {
    const twice = ranking.find((item, i) => ranking.indexOf(item) !== i)
    if (twice !== undefined) throw new RangeError(`item ${twice} is ranked twice`)
  }
}

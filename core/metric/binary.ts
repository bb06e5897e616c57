/** Relevance in rank order, true = relevant. */
type Hits = readonly boolean[]

const hitsIn = (hits: Hits, k: number): number => hits.slice(0, k).filter(Boolean).length

/** 1/rank of the first relevant item; 0 without one. */
export function reciprocalRank(hits: Hits): number {
  const first = hits.indexOf(true)
  return first < 0 ? 0 : 1 / (first + 1)
}

/** Relevant items among the first k, per k (also when the list is shorter). */
export const precisionAt = (hits: Hits, k: number): number => hitsIn(hits, k) / k

/** Share of the relevant items found in the first k; null when there are none to find. */
export const recallAt = (hits: Hits, k: number, relevant: number): number | null =>
  relevant === 0 ? null : hitsIn(hits, k) / relevant

/** 1 when the first k hold a relevant item, else 0. */
export const hitRateAt = (hits: Hits, k: number): number => (hitsIn(hits, k) > 0 ? 1 : 0)

/**
 * Average precision at k: precision at each relevant rank, summed, per min(relevant, k); null when
 * nothing is relevant.
 *
 * @param relevant number of relevant items there are
 */
export function averagePrecisionAt(hits: Hits, k: number, relevant: number): number | null {
  if (relevant === 0) return null
  let found = 0
  let total = 0
  hits.slice(0, k).forEach((hit, i) => {
    if (hit) total += ++found / (i + 1)
  })
  return total / Math.min(relevant, k)
}

import type { QueryLog } from '#core/dataset/kinds/queries'

/** The documents of one query: rows `from` … `from + count − 1` of the log. */
export interface Query {
  readonly log: QueryLog
  readonly from: number
  readonly count: number
}

export const queryOf = (log: QueryLog, q: number): Query => ({
  log,
  from: log.first[q]!,
  count: log.first[q + 1]! - log.first[q]!,
})

/** w·x of each document of a query. @param out capacity ≥ count */
export function scoreQuery({ log, from, count }: Query, w: Float64Array, out: Float64Array): void {
  const { width, features } = log
  for (let d = 0; d < count; d++) {
    const row = (from + d) * width
    let score = 0
    for (let f = 0; f < width; f++) score += w[f]! * features[row + f]!
    out[d] = score
  }
}

/**
 * Documents by score, best first, ties in the order of the log.
 * @param scores of `count` documents
 * @returns the first `length` places, or all
 */
export function rankDocuments(scores: Float64Array, count: number, length = count): Int32Array {
  const order = new Int32Array(count)
  for (let d = 0; d < count; d++) {
    const score = scores[d]!
    let at = d
    for (; at > 0 && scores[order[at - 1]!]! < score; at--) order[at] = order[at - 1]!
    order[at] = d
  }
  return length < count ? order.subarray(0, length) : order
}

/** w ← w + factor · (x_i − x_j), both documents of one query. */
export function addDifference(
  w: Float64Array,
  { log, from }: Query,
  i: number,
  j: number,
  factor: number,
): void {
  const { width, features } = log
  const [a, b] = [(from + i) * width, (from + j) * width]
  for (let f = 0; f < width; f++) w[f]! += factor * (features[a + f]! - features[b + f]!)
}

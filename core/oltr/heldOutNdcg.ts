import { dcg } from '#core/metric/dcg'
import { linearRanker, type Query } from './linearRanking.ts'

/**
 * nDCG@k of one shown list, ideal over all judged documents of the query; 0 without a relevant one.
 * @param query prepared for the same k
 * @param order documents of the query, best first
 */
export function listNdcg({ grade, ideal }: Query, order: ArrayLike<number>, k: number): number {
  if (ideal === 0) return 0
  const length = Math.min(k, order.length)
  const grades: number[] = []
  for (let slot = 0; slot < length; slot++) grades.push(grade[order[slot]!]!)
  return dcg(grades, k) / ideal
}

/** Mean nDCG@k of a linear ranker over the queries that have a relevant document. */
export function heldOutNdcg(queries: readonly Query[], w: Float64Array, k: number): number {
  let sum = 0
  let answered = 0
  const ranker = linearRanker(w.length)
  const scores = new Float64Array(Math.max(0, ...queries.map(({ count }) => count)))
  for (const query of queries) {
    if (query.ideal === 0) continue
    ranker.score(query, w, scores)
    sum += listNdcg(query, ranker.rank(scores, query.count, k), k)
    answered++
  }
  return answered === 0 ? 0 : sum / answered
}

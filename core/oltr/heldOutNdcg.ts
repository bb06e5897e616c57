import type { QueryLog } from '#core/dataset/kinds/queries'
import { ndcg } from '#core/metric/ndcg'
import { queryOf, rankDocuments, scoreQuery } from './linearRanking.ts'

/**
 * nDCG@k of one shown list, ideal over all judged documents of the query; 0 without a relevant one.
 * @param order documents of the query, best first
 */
export function listNdcg(log: QueryLog, q: number, order: ArrayLike<number>, k: number): number {
  const { from, count } = queryOf(log, q)
  const grades = Array.from(order, (d) => log.grade[from + d]!)
  return ndcg(grades, { k, pool: Array.from(log.grade.subarray(from, from + count)) }).value
}

/** Mean nDCG@k of a linear ranker over the queries of a log that have a relevant document. */
export function heldOutNdcg(log: QueryLog, w: Float64Array, k: number): number {
  let sum = 0
  let answered = 0
  const scores = new Float64Array(log.documents)
  for (let q = 0; q < log.queries; q++) {
    const query = queryOf(log, q)
    const grades = log.grade.subarray(query.from, query.from + query.count)
    if (!grades.some((grade) => grade > 0)) continue
    scoreQuery(query, w, scores)
    sum += listNdcg(log, q, rankDocuments(scores, query.count), k)
    answered++
  }
  return answered === 0 ? 0 : sum / answered
}

import type { QueryLog } from '#core/dataset/kinds/queries'
import { dcg } from '#core/metric/dcg'

/**
 * The documents of one query, with the features that are not 0 for all of them: of features that were
 * stretched within their query the others say nothing, and usually they are the most.
 */
export interface Query {
  readonly count: number
  readonly grade: Float32Array // [count]
  readonly columns: Int32Array // features that are kept, ascending
  readonly features: Float64Array // [count × columns], row-major
  /** DCG@k of its best list; 0 where nothing is relevant. */
  readonly ideal: number
}

/** The queries of a log, prepared to be ranked in lists of `k` many times. */
export function queriesOf(log: QueryLog, k: number): readonly Query[] {
  return Array.from({ length: log.queries }, (_, q) => {
    const [from, end] = [log.first[q]!, log.first[q + 1]!]
    const rows = Array.from({ length: end - from }, (_, d) =>
      log.features.subarray((from + d) * log.width, (from + d + 1) * log.width),
    )
    const columns = Int32Array.from(
      Array.from({ length: log.width }, (_, f) => f).filter((f) =>
        rows.some((row) => row[f] !== 0),
      ),
    )
    const grade = log.grade.slice(from, end)
    return {
      count: rows.length,
      grade,
      columns,
      features: Float64Array.from(rows.flatMap((row) => Array.from(columns, (f) => row[f]!))),
      ideal: dcg(
        Array.from(grade).sort((a, b) => b - a),
        k,
        'exponential',
      ),
    }
  })
}

/** Rows of numbers, each for one of some columns of a longer vector. */
export type Rows = Pick<Query, 'count' | 'columns' | 'features'>

/** Scores and ranks the queries of one log; owns its scratch memory. */
export interface LinearRanker {
  /** w·x of each row, such as the documents of a query. @param out capacity ≥ count */
  score(rows: Rows, w: Float64Array, out: Float64Array): void
  /** The best `length` documents, or all: best first, ties in the order of the log. */
  rank(scores: Float64Array, count: number, length: number): Int32Array
}

/** @param width features of the log */
export function linearRanker(width: number): LinearRanker {
  const own = new Float64Array(width)
  return {
    score({ count, columns, features }, w, out) {
      const n = columns.length
      for (let c = 0; c < n; c++) own[c] = w[columns[c]!]!
      if (count < 4) {
        for (let d = 0; d < count; d++) {
          let sum = 0
          for (let c = 0; c < n; c++) sum += own[c]! * features[d * n + c]!
          out[d] = sum
        }
        return
      }
      // four rows share each weight that is read; the last four may have had a turn already
      for (let start = 0; start < count; start += 4) {
        const d = Math.min(start, count - 4)
        const [a0, a1, a2, a3] = [d * n, (d + 1) * n, (d + 2) * n, (d + 3) * n]
        let [s0, s1, s2, s3] = [0, 0, 0, 0]
        for (let c = 0; c < n; c++) {
          const weight = own[c]!
          s0 += weight * features[a0 + c]!
          s1 += weight * features[a1 + c]!
          s2 += weight * features[a2 + c]!
          s3 += weight * features[a3 + c]!
        }
        out[d] = s0
        out[d + 1] = s1
        out[d + 2] = s2
        out[d + 3] = s3
      }
    },
    rank(scores, count, length) {
      const size = Math.min(length, count)
      const order = new Int32Array(size)
      let filled = 0
      for (let d = 0; d < count; d++) {
        const score = scores[d]!
        if (filled === size && scores[order[size - 1]!]! >= score) continue
        let at = filled < size ? filled++ : size - 1
        for (; at > 0 && scores[order[at - 1]!]! < score; at--) order[at] = order[at - 1]!
        order[at] = d
      }
      return order
    },
  }
}

/** w ← w + factor · (x_i − x_j), both documents of one query. */
export function addDifference(
  w: Float64Array,
  { columns, features }: Query,
  i: number,
  j: number,
  factor: number,
): void {
  const n = columns.length
  for (let c = 0; c < n; c++) {
    w[columns[c]!]! += factor * (features[i * n + c]! - features[j * n + c]!)
  }
}

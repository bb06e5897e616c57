import { linearRanker, type Query, type Rows } from './linearRanking.ts'

/** The documents of a query, in coordinates of as few axes as hold them all. */
export interface DocumentSpan {
  readonly rank: number
  /** [documents × rank] */
  readonly documents: Rows
  /**
   * Orthonormal, [rank × columns of the query]: x = coordinates · axes. Null: the columns themselves, where
   * the documents are too many for axes of their own to be worth while.
   */
  readonly axes: Rows | null
}

/** Of a document's length: what is less was left by rounding. */
const negligible = 1e-10

/** By Gram–Schmidt, each document twice, as one pass leaves remainders that are not orthogonal. */
export function documentSpan({ count, columns, features }: Query): DocumentSpan {
  const width = columns.length
  if (2 * count > width) {
    return { rank: width, documents: { count, columns: upTo(width), features }, axes: null }
  }
  const rows = Array.from({ length: count }, (_, d) =>
    features.subarray(d * width, (d + 1) * width),
  )
  const ranker = linearRanker(width)
  const all = upTo(width)
  const basis = new Float64Array(count * width)
  const coordinates = new Float64Array(count * count)
  const along = new Float64Array(count)
  let rank = 0
  for (const [d, row] of rows.entries()) {
    const own = coordinates.subarray(d * count, (d + 1) * count)
    // documents that are the same must have the same scores, to the last bit
    const same = rows.findIndex((other) => isSame(other, row))
    if (same < d) {
      own.set(coordinates.subarray(same * count, (same + 1) * count))
      continue
    }
    const rest = row.slice()
    const axes = { count: rank, columns: all, features: basis }
    for (let pass = 0; pass < 2; pass++) {
      ranker.score(axes, rest, along)
      for (let j = 0; j < rank; j++) {
        own[j]! += along[j]!
        addTimes(rest, -along[j]!, basis, j * width)
      }
    }
    const length = Math.sqrt(square(rest))
    if (length <= negligible * Math.sqrt(square(row))) continue
    own[rank] = length
    addTimes(basis.subarray(rank * width, (rank + 1) * width), 1 / length, rest, 0)
    rank++
  }
  const short = new Float64Array(count * rank)
  for (let d = 0; d < count; d++) {
    short.set(coordinates.subarray(d * count, d * count + rank), d * rank)
  }
  return {
    rank,
    documents: { count, columns: all.subarray(0, rank), features: short },
    axes: { count: rank, columns, features: basis.slice(0, rank * width) },
  }
}

/** 0 … n − 1. */
function upTo(n: number): Int32Array {
  const all = new Int32Array(n)
  for (let i = 0; i < n; i++) all[i] = i
  return all
}

function square(vector: Float64Array): number {
  let sum = 0
  for (let i = 0; i < vector.length; i++) sum += vector[i]! ** 2
  return sum
}

function isSame(a: Float64Array, b: Float64Array): boolean {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false
  return true
}

/** out += factor · the vector of its length at `from`. */
function addTimes(out: Float64Array, factor: number, vectors: Float64Array, from: number): void {
  for (let i = 0; i < out.length; i++) out[i]! += factor * vectors[from + i]!
}

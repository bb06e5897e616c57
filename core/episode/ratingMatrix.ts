import type { RatingsTable } from '#core/dataset/ratingsTable'
import type { SparseRows } from '#core/environment/factorise'
import { permutation } from '#core/random/distributions'
import { streams } from '#core/random/philox'

export interface RewardScale {
  /** Ratings that give −1 and +1: settings, not what a table happens to hold (TP1). */
  readonly min: number
  readonly max: number
  /** A rating of at least this is relevant. */
  readonly relevantFrom: number
  /**
   * Which answers make a run: `asUnrated` by the sign of the reward, so that the middle rating breaks a
   * run as an unrated item does; `threshold` by `relevantFrom`, so that every rating counts.
   */
  readonly neutral: 'asUnrated' | 'threshold'
}

/** A ratings table as rewards, users split into training and test. */
export interface RatingMatrix {
  /** Rewards of all users in [−1, 1], items of a user in rising order. */
  readonly rewards: SparseRows
  readonly sign: Int8Array // [entries], what a run counts
  readonly relevant: Uint8Array // [entries]
  readonly train: Int32Array // users
  readonly test: Int32Array // users
}

/**
 * Rewards a·rating + b with a = 2/(max − min), b = −(max + min)/(max − min) (TP1).
 * @param trainShare of the users, drawn with the seed
 * @throws RangeError for an empty table, a scale without width or a rating outside it
 */
export function ratingMatrix(
  table: RatingsTable,
  scale: RewardScale,
  trainShare: number,
  seed: number,
): RatingMatrix {
  const { users, items } = table
  const { min, max } = scale
  if (!(max > min))
    throw new RangeError(`world.maxRating ${max} must exceed world.minRating ${min}`)
  if (table.rating.length === 0) throw new RangeError('the ratings table is empty')
  const outside = table.rating.findIndex((rating) => rating < min || rating > max)
  if (outside >= 0) {
    throw new RangeError(
      `rating ${table.rating[outside]!} (row ${outside}) lies outside world.minRating ${min} to world.maxRating ${max}: set both to the scale of the table`,
    )
  }
  const start = new Int32Array(users + 1)
  for (const user of table.user) start[user + 1]!++
  for (let u = 0; u < users; u++) start[u + 1]! += start[u]!
  const next = start.slice(0, users)
  const entry = new Int32Array(table.user.length)
  table.user.forEach((user, row) => (entry[next[user]!++] = row))
  for (let u = 0; u < users; u++) {
    entry.subarray(start[u], start[u + 1]).sort((a, b) => table.item[a]! - table.item[b]!)
  }
  const rating = Float32Array.from(entry, (row) => table.rating[row]!)
  const value = rating.map((r) => (2 * r - max - min) / (max - min))
  const relevant = Uint8Array.from(rating, (r) => (r >= scale.relevantFrom ? 1 : 0))
  const sign = Int8Array.from(value, (r, e) =>
    scale.neutral === 'asUnrated' ? Math.sign(r) : relevant[e] ? 1 : -1,
  )
  const order = permutation(streams(seed)('episode split', 0), users)
  const cut = Math.min(users - 1, Math.max(1, Math.floor(users * trainShare)))
  return {
    rewards: {
      rows: users,
      columns: items,
      start,
      column: Int32Array.from(entry, (row) => table.item[row]!),
      value,
    },
    sign,
    relevant,
    train: order.slice(0, cut).sort(),
    test: order.slice(cut).sort(),
  }
}

/** The entry of (row, column), or −1: a binary search. */
export function entryOf(matrix: SparseRows, row: number, column: number): number {
  let low = matrix.start[row]!
  let high = matrix.start[row + 1]! - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    const found = matrix.column[middle]!
    if (found === column) return middle
    if (found < column) low = middle + 1
    else high = middle - 1
  }
  return -1
}

/** Some rows of a sparse matrix, in the order given: the only ratings that a learner may see. */
export function pickRows(matrix: SparseRows, rows: Int32Array): SparseRows {
  const start = new Int32Array(rows.length + 1)
  rows.forEach((row, i) => {
    start[i + 1] = start[i]! + matrix.start[row + 1]! - matrix.start[row]!
  })
  const column = new Int32Array(start[rows.length]!)
  const value = new Float32Array(column.length)
  rows.forEach((row, i) => {
    column.set(matrix.column.subarray(matrix.start[row], matrix.start[row + 1]), start[i])
    value.set(matrix.value.subarray(matrix.start[row], matrix.start[row + 1]), start[i])
  })
  return { rows: rows.length, columns: matrix.columns, start, column, value }
}

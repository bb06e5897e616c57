import type { RatingsTable } from '#core/dataset/ratingsTable'
import { permutation } from '#core/random/distributions'
import { streams } from '#core/random/philox'
import type { History, RatedEnvironment, RatedObserved, Truth } from './environment.ts'
import { rightSingularVectors } from './factorise.ts'

/** What turns a table of ratings into a world; shared by imported and generated tables. */
export interface RatingWorldParams {
  readonly attractionByGrade: readonly number[]
  readonly unratedAttraction: number
  readonly historyShare: number
  readonly factors: number
  /**
   * What a missing rating means to the recommender: `negative` where people rate what interests
   * them, `unknown` where items were rated at random.
   */
  readonly missing: 'negative' | 'unknown'
}

/**
 * Splits each user's ratings into what the recommender may see (the earliest `historyShare`, or a
 * random share where the table has no times) and the truth that clicks follow.
 *
 * Grades are ratings mapped linearly from [min, max] to 0 … 4. Item and user vectors come from a
 * truncated SVD of the visible part alone.
 * @param seed of the split and the factorisation's start, so that a world is the same for every run
 * @throws RangeError if the table has no rating
 */
export function ratingWorld(
  table: RatingsTable,
  params: RatingWorldParams,
  seed: number,
): RatedEnvironment {
  const count = table.user.length
  if (count === 0) throw new RangeError('the ratings table is empty')
  const { visible, hidden } = split(table, params.historyShare, seed)
  return {
    kind: 'rated',
    users: table.users,
    items: table.items,
    observed: observe(table, visible, params, seed),
    truth: sparseTruth(table, hidden, params),
  }
}

/** Entries per user, in the order of time (or a random order); `start` as in `History`. */
interface Entries {
  readonly start: Int32Array
  readonly entry: Int32Array
}

function split(
  table: RatingsTable,
  share: number,
  seed: number,
): { readonly visible: Entries; readonly hidden: Entries } {
  const perUser = groupByUser(table)
  const stream = streams(seed)
  const visible: number[] = []
  const hidden: number[] = []
  const visibleStart = new Int32Array(table.users + 1)
  const hiddenStart = new Int32Array(table.users + 1)
  for (let u = 0; u < table.users; u++) {
    const own = perUser.entry.subarray(perUser.start[u], perUser.start[u + 1])
    const ordered = table.time
      ? Array.from(own).sort((a, b) => table.time![a]! - table.time![b]! || a - b)
      : Array.from(permutation(stream('split', u), own.length), (i) => own[i]!)
    // a user with a single rating keeps it hidden: there must be something to click on
    const cut = Math.min(ordered.length - 1, Math.round(ordered.length * share))
    ordered.forEach((entry, i) => (i < cut ? visible : hidden).push(entry))
    visibleStart[u + 1] = visible.length
    hiddenStart[u + 1] = hidden.length
  }
  return {
    visible: { start: visibleStart, entry: Int32Array.from(visible) },
    hidden: { start: hiddenStart, entry: Int32Array.from(hidden) },
  }
}

function groupByUser(table: RatingsTable): Entries {
  const start = new Int32Array(table.users + 1)
  for (const user of table.user) start[user + 1]!++
  for (let u = 0; u < table.users; u++) start[u + 1]! += start[u]!
  const next = start.slice(0, table.users)
  const entry = new Int32Array(table.user.length)
  table.user.forEach((user, i) => (entry[next[user]!++] = i))
  return { start, entry }
}

const gradeOf = (table: RatingsTable, entry: number): number => {
  const width = table.maxRating - table.minRating
  return width > 0 ? Math.round((4 * (table.rating[entry]! - table.minRating)) / width) : 4
}

function observe(
  table: RatingsTable,
  visible: Entries,
  params: RatingWorldParams,
  seed: number,
): RatedObserved {
  const { users, items } = table
  const rank = Math.min(params.factors, items, users)
  const item = Int32Array.from(visible.entry, (entry) => table.item[entry]!)
  const value = Float32Array.from(
    visible.entry,
    (entry) => params.attractionByGrade[gradeOf(table, entry)]!,
  )
  // where a missing rating is unknown, only the deviation from the mean tells users apart
  const centre = params.missing === 'unknown' ? mean(value) : 0
  const centred = value.map((v) => v - centre)
  const x = { rows: users, columns: items, start: visible.start, column: item, value: centred }
  const factors = rightSingularVectors(x, rank, streams(seed)('factorise', 0))
  const scale = Math.sqrt(items)
  for (let i = 0; i < factors.length; i++) factors[i]! *= scale

  const popularity = new Float32Array(items)
  const staticValue = new Float32Array(items)
  item.forEach((j, e) => {
    popularity[j]!++
    staticValue[j]! += value[e]! / users
  })

  const itemWidth = rank + 2
  const itemFeatures = new Float32Array(items * itemWidth)
  const logPopularity = standardised(popularity.map((n) => Math.log1p(n)))
  const standardValue = standardised(staticValue)
  for (let j = 0; j < items; j++) {
    for (let f = 0; f < rank; f++) {
      itemFeatures[j * itemWidth + f] = compressed(factors[j * rank + f]!)
    }
    itemFeatures[j * itemWidth + rank] = logPopularity[j]!
    itemFeatures[j * itemWidth + rank + 1] = standardValue[j]!
  }

  const projections = projectUsers(x, factors, rank)
  const userScale = 1 / (rootMeanSquare(projections) || 1)
  const userWidth = rank + 1
  const userFeatures = new Float32Array(users * userWidth)
  const activity = new Float32Array(users)
  for (let u = 0; u < users; u++)
    activity[u] = Math.log1p(visible.start[u + 1]! - visible.start[u]!)
  const standardActivity = standardised(activity)
  for (let u = 0; u < users; u++) {
    for (let f = 0; f < rank; f++) {
      userFeatures[u * userWidth + f] = compressed(projections[u * rank + f]! * userScale)
    }
    userFeatures[u * userWidth + rank] = standardActivity[u]!
  }

  const history: History = {
    start: visible.start,
    item,
    value,
    unseenValue: params.missing === 'negative' ? params.unratedAttraction : null,
    leaveOneOut(user, entry, out) {
      const row = item[entry]! * rank
      for (let f = 0; f < rank; f++) {
        const without = projections[user * rank + f]! - centred[entry]! * factors[row + f]!
        out[f] = compressed(without * userScale)
      }
      out[rank] = userFeatures[user * userWidth + rank]!
    },
  }
  return {
    itemFeatures,
    itemWidth,
    userFeatures,
    userWidth,
    factors,
    userFactors: projections,
    rank,
    features: [
      { group: 'user', name: 'visibleTaste', width: rank, place: 'state' },
      { group: 'user', name: 'visibleCount', width: 1, place: 'state' },
      { group: 'user', name: 'clickedItems', width: rank, place: 'state' },
      { group: 'user', name: 'clickRate', width: 1, place: 'state' },
      { group: 'user', name: 'requests', width: 1, place: 'state' },
      { group: 'item', name: 'vector', width: rank, place: 'item' },
      { group: 'item', name: 'visibleRatings', width: 2, place: 'item' },
    ],
    popularity,
    staticValue,
    history,
  }
}

function projectUsers(
  x: { rows: number; start: Int32Array; column: Int32Array; value: Float32Array },
  factors: Float32Array,
  rank: number,
): Float32Array {
  const projected = new Float32Array(x.rows * rank)
  for (let u = 0; u < x.rows; u++) {
    for (let e = x.start[u]!; e < x.start[u + 1]!; e++) {
      const row = x.column[e]! * rank
      for (let f = 0; f < rank; f++) projected[u * rank + f]! += x.value[e]! * factors[row + f]!
    }
  }
  return projected
}

function sparseTruth(table: RatingsTable, hidden: Entries, params: RatingWorldParams): Truth {
  // one user's grades at a time: a dense row that is filled on a change of user and cleared after
  const row = new Int8Array(table.items).fill(-1)
  let loaded = -1
  const each = (user: number, write: (item: number, entry: number) => void) => {
    for (let e = hidden.start[user]!; e < hidden.start[user + 1]!; e++) {
      const entry = hidden.entry[e]!
      write(table.item[entry]!, entry)
    }
  }
  return {
    attractionByGrade: params.attractionByGrade,
    unratedAttraction: params.unratedAttraction,
    grades(user, items, from, count, out) {
      if (user !== loaded) {
        if (loaded >= 0) each(loaded, (item) => (row[item] = -1))
        each(user, (item, entry) => (row[item] = gradeOf(table, entry)))
        loaded = user
      }
      for (let i = 0; i < count; i++) out[i] = row[items[from + i]!]!
    },
  }
}

/** Popular items have factors far from the rest; networks learn faster from tamer inputs. */
const compressed = (x: number): number => Math.sign(x) * Math.log1p(Math.abs(x))

function standardised(values: Float32Array): Float32Array {
  const centre = mean(values)
  const sd = rootMeanSquare(values.map((v) => v - centre)) || 1
  return values.map((v) => (v - centre) / sd)
}

function mean(values: Float32Array): number {
  let sum = 0
  for (const v of values) sum += v
  return sum / Math.max(1, values.length)
}

function rootMeanSquare(values: Float32Array): number {
  let square = 0
  for (const v of values) square += v * v
  return Math.sqrt(square / Math.max(1, values.length))
}

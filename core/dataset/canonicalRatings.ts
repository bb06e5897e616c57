import type { ImportProblem } from '../jobContract.ts'
import type { RatingsTable } from './ratingsTable.ts'

/** Ratings in the order of a file; ids numbered as they came. */
export interface RawRatings {
  readonly user: Int32Array
  readonly item: Int32Array
  readonly rating: Float32Array
  readonly time: Float64Array | null
  readonly line: Uint32Array // of the file, 1-based
  readonly userIds: readonly string[]
  readonly itemIds: readonly string[]
}

/**
 * The same ratings in an order that the content alone gives: ids ascending (numbers by value,
 * before words by code unit), rows by user, then item. So a file with its rows shuffled or another
 * separator has the same hash. Of a repeated pair the last row of the file counts.
 *
 * @param listed repeated rows to report one by one; the last of them says how many more there are
 */
export function canonicalRatings(
  raw: RawRatings,
  listed: number,
): { readonly table: RatingsTable; readonly repeated: readonly ImportProblem[] } {
  const { order: userOrder, rank: userRank } = ranked(raw.userIds)
  const { order: itemOrder, rank: itemRank } = ranked(raw.itemIds)
  const byItem = stableOrder(null, raw.item, itemRank)
  const order = stableOrder(byItem, raw.user, userRank)

  const samePair = (a: number, b: number) =>
    raw.user[a] === raw.user[b] && raw.item[a] === raw.item[b]
  const repeats: { readonly row: number; readonly earlier: number }[] = []
  let repeatCount = 0
  let kept = 0
  for (let i = 0; i < order.length; i++) {
    const row = order[i]!
    if (kept > 0 && samePair(row, order[kept - 1]!)) {
      const earlier = order[kept - 1]!
      repeatCount++
      if (repeats.length < listed) repeats.push({ row, earlier })
      order[kept - 1] = row
    } else {
      order[kept++] = row
    }
  }

  const user = new Int32Array(kept)
  const item = new Int32Array(kept)
  const rating = new Float32Array(kept)
  const time = raw.time ? new Float64Array(kept) : null
  let minRating = Infinity
  let maxRating = -Infinity
  for (let i = 0; i < kept; i++) {
    const row = order[i]!
    user[i] = userRank[raw.user[row]!]!
    item[i] = itemRank[raw.item[row]!]!
    rating[i] = raw.rating[row]!
    if (time) time[i] = raw.time![row]!
    minRating = Math.min(minRating, rating[i]!)
    maxRating = Math.max(maxRating, rating[i]!)
  }
  return {
    table: {
      users: raw.userIds.length,
      items: raw.itemIds.length,
      user,
      item,
      rating,
      time,
      userIds: userOrder.map((id) => raw.userIds[id]!),
      itemIds: itemOrder.map((id) => raw.itemIds[id]!),
      minRating,
      maxRating,
    },
    repeated: repeats
      .sort((a, b) => a.row - b.row)
      .map(({ row, earlier }, i) => ({
        row: raw.line[row]!,
        column: 'item',
        value: `${raw.userIds[raw.user[row]!]!}, ${raw.itemIds[raw.item[row]!]!}`.slice(0, 60),
        fix:
          `the same user and item as in line ${raw.line[earlier]!}; this later rating counts` +
          (i === repeats.length - 1 && repeatCount > repeats.length
            ? ` (and ${repeatCount - repeats.length} more repeated rows)`
            : ''),
      })),
  }
}

/** Ids in canonical order, and the place of each in it. */
function ranked(ids: readonly string[]): { order: number[]; rank: Int32Array } {
  const numeric = ids.map((id) => (/^\d{1,15}$/.test(id) ? Number(id) : Infinity))
  const order = [...ids.keys()].sort((a, b) => {
    const [x, y] = [numeric[a]!, numeric[b]!]
    if (x !== y) return x < y ? -1 : 1
    return ids[a]! < ids[b]! ? -1 : 1 // ids are distinct
  })
  const rank = new Int32Array(ids.length)
  order.forEach((id, place) => (rank[id] = place))
  return { order, rank }
}

/** Rows ordered by the rank of their key, equal ones as they were: one pass of a radix sort. */
function stableOrder(before: Int32Array | null, key: Int32Array, rank: Int32Array): Int32Array {
  const next = new Int32Array(rank.length + 1)
  for (const k of key) next[rank[k]! + 1]!++
  for (let r = 0; r < rank.length; r++) next[r + 1]! += next[r]!
  const order = new Int32Array(key.length)
  for (let i = 0; i < key.length; i++) {
    const row = before ? before[i]! : i
    order[next[rank[key[row]!]!]!++] = row
  }
  return order
}

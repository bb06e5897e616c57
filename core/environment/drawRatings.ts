import type { RatingsTable } from '#core/dataset/ratingsTable'
import type { StreamFactory } from '#core/random/philox'
import type { Rng } from '#core/random/rng'

/**
 * A table in which each user has rated `perUser` items, drawn uniformly among those not rated yet, on a
 * scale of 1 to 5.
 *
 * @param rate the rating of a pair
 * @param accepts whether a drawn item is observed; always when left out. It must accept enough items.
 */
export function drawRatings(
  size: { readonly users: number; readonly items: number; readonly perUser: number },
  stream: StreamFactory,
  rate: (user: number, item: number) => number,
  accepts: (item: number, rng: Rng) => boolean = () => true,
): RatingsTable {
  const { users, items, perUser } = size
  const count = users * perUser
  const table: RatingsTable = {
    users,
    items,
    user: new Int32Array(count),
    item: new Int32Array(count),
    rating: new Float32Array(count),
    time: null,
    userIds: [],
    itemIds: [],
    minRating: 1,
    maxRating: 5,
  }
  const seen = new Int32Array(items).fill(-1)
  let entry = 0
  for (let user = 0; user < users; user++) {
    const rng = stream('rated', user)
    for (let n = 0; n < perUser;) {
      const item = rng.int(items)
      if (!accepts(item, rng) || seen[item] === user) continue
      seen[item] = user
      table.user[entry] = user
      table.item[entry] = item
      table.rating[entry++] = rate(user, item)
      n++
    }
  }
  return table
}

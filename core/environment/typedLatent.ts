import type { RatingsTable } from '#core/dataset/ratingsTable'
import { philox4x32, streams } from '#core/random/philox'
import { drawRatings } from './drawRatings.ts'
import type { RatedEnvironment, Truth } from './environment.ts'
import type { TypedLatentParams } from './params.ts'
import { ratingWorld } from './ratingWorld.ts'

/**
 * World A1 (simulators.md): users and items have a hidden type; a user likes an item of the own
 * type with probability `likeSame`, any other with `likeOther`, one independent draw per pair.
 * A liked item is rated 5, another 1 or 2 with equal probability. Users have rated
 * `ratingsPerUser` random items; the truth knows every pair.
 */
export function typedLatent(params: TypedLatentParams): RatedEnvironment {
  const { table, rate } = typedLatentRatings(params)
  const truth: Truth = {
    attractionByGrade: params.attractionByGrade,
    unratedAttraction: params.unratedAttraction,
    grades(user, list, from, n, out) {
      for (let i = 0; i < n; i++) out[i] = rate(user, list[from + i]!) - 1
    },
  }
  return { ...ratingWorld(table, { ...params, missing: 'unknown' }, params.worldSeed), truth }
}

/** What shapes the ratings of a typed latent world. */
export type TypedLatentShape = Pick<
  TypedLatentParams,
  'users' | 'items' | 'types' | 'likeSame' | 'likeOther' | 'ratingsPerUser' | 'worldSeed'
>

/**
 * The ratings that users of the world have given, and the rating of any pair.
 * @throws RangeError if users are asked to rate more items than there are
 */
export function typedLatentRatings(params: TypedLatentShape): {
  readonly table: RatingsTable
  readonly rate: (user: number, item: number) => number
} {
  const { users, items, ratingsPerUser, worldSeed } = params
  if (ratingsPerUser > items) {
    throw new RangeError(
      `environment.ratingsPerUser ${ratingsPerUser} exceeds the ${items} items; lower it or raise environment.items`,
    )
  }
  const stream = streams(worldSeed)
  const userType = new Int32Array(users)
  const itemType = new Int32Array(items)
  const typeOfUser = stream('user type', 0)
  const typeOfItem = stream('item type', 0)
  for (let u = 0; u < users; u++) userType[u] = typeOfUser.int(params.types)
  for (let j = 0; j < items; j++) itemType[j] = typeOfItem.int(params.types)
  const rate = pairRating(params, userType, itemType)

  const table = drawRatings({ users, items, perUser: ratingsPerUser }, stream, rate)
  return { table, rate }
}

/** The rating of any pair, drawn from a block of its own: nothing is stored. */
function pairRating(params: TypedLatentShape, userType: Int32Array, itemType: Int32Array) {
  const words = new Uint32Array(4)
  return (user: number, item: number): number => {
    philox4x32(user, item, 0, 0, params.worldSeed >>> 0, 0x6c696b65, words)
    const like = userType[user] === itemType[item] ? params.likeSame : params.likeOther
    if (words[0]! / 4294967296 < like) return 5
    return words[1]! < 2147483648 ? 1 : 2
  }
}

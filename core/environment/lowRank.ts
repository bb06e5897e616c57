import { normal } from '#core/random/distributions'
import { philox4x32, streams } from '#core/random/philox'
import { drawRatings } from './drawRatings.ts'
import type { RatedEnvironment, Truth } from './environment.ts'
import type { LowRankParams } from './params.ts'
import { ratingWorld } from './ratingWorld.ts'

const rank = 8
const mean = 3.3
const spread = 1.1 // of the taste term, which has unit variance
const noise = 0.5
const popularitySpread = 0.5

/**
 * World A2 (simulators.md): rating = clip(round(3.3 + 1.1 p·q + .5 N(0, 1)), 1, 5) with p, q of eight
 * dimensions and p·q of unit variance. An item is observed in proportion to sig(b − 2), b its
 * popularity. Only vectors are kept, so that a million items fit: no rating of a pair is stored.
 *
 * @throws RangeError if users are asked to rate more than half of the items
 */
export function lowRank(params: LowRankParams): RatedEnvironment {
  const { users, items, ratingsPerUser, worldSeed } = params
  if (2 * ratingsPerUser > items) {
    throw new RangeError(
      `environment.ratingsPerUser ${ratingsPerUser} exceeds half of the ${items} items; lower it or raise environment.items`,
    )
  }
  const stream = streams(worldSeed)
  const vectors = (name: string, rows: number): Float32Array => {
    const rng = stream(name, 0)
    const scale = rank ** -0.25 // variance 1/√8 each, so that p·q has variance 1
    return Float32Array.from({ length: rows * rank }, () => scale * normal(rng))
  }
  const p = vectors('user vectors', users)
  const q = vectors('item vectors', items)
  const ofPopularity = stream('popularity', 0)
  const seenShare = Float32Array.from({ length: items }, () => {
    return 1 / (1 + Math.exp(2 - popularitySpread * normal(ofPopularity)))
  })
  const words = new Uint32Array(4)
  const rate = (user: number, item: number): number => {
    let taste = 0
    for (let f = 0; f < rank; f++) taste += p[user * rank + f]! * q[item * rank + f]!
    philox4x32(user, item, 0, 0, worldSeed >>> 0, 0x6c72, words)
    const radius = Math.sqrt(-2 * Math.log(1 - words[0]! / 2 ** 32))
    const deviation = radius * Math.cos((2 * Math.PI * words[1]!) / 2 ** 32)
    return Math.min(5, Math.max(1, Math.round(mean + spread * taste + noise * deviation)))
  }

  const table = drawRatings(
    { users, items, perUser: ratingsPerUser },
    stream,
    rate,
    (item, rng) => rng.u() < seenShare[item]!,
  )
  const truth: Truth = {
    attractionByGrade: params.attractionByGrade,
    unratedAttraction: params.unratedAttraction,
    grades(user, list, from, n, out) {
      for (let i = 0; i < n; i++) out[i] = rate(user, list[from + i]!) - 1
    },
  }
  return { ...ratingWorld(table, { ...params, missing: 'unknown' }, worldSeed), truth }
}

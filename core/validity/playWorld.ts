import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import { intraListSimilarity } from '#core/metric/diversity'
import type { Environment } from '#core/environment/environment'
import type { Requests } from '#core/environment/traffic'
import { topKArray } from '#core/compute/topKArray'
import type { ExperimentSpec } from '#core/experimentSpec'
import { streams } from '#core/random/philox'
import type { Ranker, RankRequests } from '#core/ranker/ranker'
import { openTraffic } from '#core/run/openTraffic'
import { simulatedClicks } from '#core/run/simulatedClicks'

/** Reference policies that serve a world alone. `swapped` is greedy factorisation fed with another user. */
export const policyIds = [
  'random',
  'popularity',
  'staticBest',
  'factors',
  'oracle',
  'swapped',
] as const
export type PolicyId = (typeof policyIds)[number]

/** What happened while one policy served a world; per user where intervals need it. */
export interface Played {
  readonly requests: number
  readonly clicks: Float64Array // [users], expected clicks
  readonly items: Float64Array // [users], shown
  readonly clickless: number // lists without a click
  readonly candidates: number // mean per request
  readonly gaps: readonly number[] // s between two requests of a user
  readonly requestsPerUser: readonly number[]
  readonly clickAges: readonly number[] // hours, of a world that says how old an item is
  readonly similarity: number | null // mean cosine of the items a user clicked
  readonly firstPools: Float64Array // [users], mean attraction of a user's first pool, NaN for none
  /** Of a world that is set to a level of clicks. */
  readonly calibration: { readonly offset: number; readonly ctr: number } | null
  readonly hash: string // of every request, list and click
}

/**
 * Lets one policy serve up to `most` requests of a world, from the beginning of its log.
 */
export function playWorld(
  environment: Environment,
  spec: ExperimentSpec,
  policy: PolicyId,
  seed: number,
  most: number,
): Played {
  const stream = streams(seed)
  const { users } = environment
  const poolSize = Math.min(spec.traffic.poolSize, environment.items)
  const k = Math.min(spec.traffic.listLength, poolSize)
  const clicker = simulatedClicks(spec.click, k)
  const { traffic } = openTraffic(environment, spec, stream, clicker, true)
  const requests: Requests = { count: 0, user: new Int32Array(1), seconds: new Float64Array(1) }
  const pools = new Int32Array(poolSize)
  const pairs = new Float32Array(poolSize * traffic.pairWidth)
  const attraction = new Float64Array(poolSize)
  const grades = traffic.graded ? new Int8Array(poolSize) : null
  const scores = new Float32Array(poolSize)
  const top = new Int32Array(k)
  const clicked = new Uint8Array(k)
  const hash = sha256.create()

  const clicks = new Float64Array(users)
  const items = new Float64Array(users)
  const firstPools = new Float64Array(users).fill(Number.NaN)
  const last = new Float64Array(users).fill(Number.NaN)
  const count = new Int32Array(users)
  const gaps: number[] = []
  const clickAges: number[] = []
  const clickedItems: (number[] | undefined)[] = []
  let [served, clickless, candidates] = [0, 0, 0]

  for (let index = 0; served < most && traffic.nextSeconds() < Infinity; index++) {
    const logged = traffic.nextSeconds() < traffic.startsAt
    traffic.next(1, logged ? traffic.startsAt : Infinity, requests)
    if (requests.count === 0) break
    const user = requests.user[0]!
    const seconds = requests.seconds[0]!
    const drawn = traffic.writePool(index, user, seconds, pools, 0, pairs, 0)
    traffic.writeTruth(user, seconds, pools, 0, drawn, attraction, grades)
    const length = Math.min(k, drawn)
    const ranker = logged ? 'random' : policy
    if (ranker === 'random') top.forEach((_, slot) => (top[slot] = slot))
    else {
      if (ranker === 'oracle') scores.set(attraction)
      else {
        const asked = ranker === 'swapped' ? (user + Math.ceil(users / 2)) % users : user
        const request: RankRequests = {
          first: index,
          rows: 1,
          users: Int32Array.of(asked),
          seconds: Float64Array.of(seconds),
          states: new Float32Array(0),
          pools: pools.map((item) => Math.max(0, item)),
          poolSize,
        }
        rankerOf(traffic.baselines, ranker).score(request, scores)
      }
      scores.fill(-Infinity, drawn)
      topKArray(scores, 1, poolSize, k, top)
    }
    const expected = clicker.begin(length, (slot) => attraction[top[slot]!]!)
    clicker.draw(stream('click', index), clicked)
    const shown = Int32Array.from(top.subarray(0, length), (place) => pools[place]!)
    traffic.respond(user, seconds, shown, clicked)
    hash.update(new Uint8Array(Float64Array.of(user, seconds).buffer))
    hash.update(new Uint8Array(shown.slice().buffer)).update(clicked)
    if (logged) continue

    served++
    candidates += drawn
    clicks[user]! += expected
    items[user]! += length
    count[user]!++
    if (!clicked.includes(1)) clickless++
    if (Number.isNaN(firstPools[user]!) && drawn > 0) {
      let sum = 0
      for (let p = 0; p < drawn; p++) sum += attraction[p]!
      firstPools[user] = sum / drawn
    }
    const gap = seconds - last[user]!
    last[user] = seconds
    if (!Number.isNaN(gap)) gaps.push(gap)
    shown.forEach((item, slot) => {
      if (clicked[slot] !== 1) return
      ;(clickedItems[user] ??= []).push(item)
      if (traffic.ageHours) clickAges.push(traffic.ageHours(item, seconds))
    })
  }
  return {
    requests: served,
    clicks,
    items,
    clickless,
    candidates: candidates / Math.max(1, served),
    gaps,
    requestsPerUser: Array.from(count).filter((n) => n > 0),
    clickAges,
    similarity: meanSimilarity(environment, clickedItems),
    firstPools,
    calibration: traffic.calibration ?? null,
    hash: bytesToHex(hash.digest()),
  }
}

function rankerOf(
  baselines: { readonly popularity: Ranker; readonly staticBest: Ranker; readonly factors: Ranker },
  policy: 'popularity' | 'staticBest' | 'factors' | 'swapped',
): Ranker {
  return policy === 'swapped' ? baselines.factors : baselines[policy]
}

/** ILS of each user's clicked items (at most 20 of them), averaged over users with two or more. */
function meanSimilarity(
  { observed: { factors, rank } }: Environment,
  clicked: readonly (number[] | undefined)[],
): number | null {
  let [sum, n] = [0, 0]
  for (const items of clicked) {
    if (!items || items.length < 2) continue
    const vectors = items
      .slice(0, 20)
      .map((item) => Array.from(factors.subarray(item * rank, (item + 1) * rank)))
    const { mean } = intraListSimilarity(vectors)
    if (mean === null) continue
    sum += mean
    n++
  }
  return n > 0 ? sum / n : null
}

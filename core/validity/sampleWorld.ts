import type { Environment } from '#core/environment/environment'
import { createEnvironment } from '#core/environment/index'
import type { FeatureGroup } from '#core/environment/features'
import { SimulatedWorld } from '#core/environment/params'
import type { Requests } from '#core/environment/traffic'
import type { ExperimentSpec } from '#core/experimentSpec'
import { smallSpec } from '#core/preview/smallSpec'
import { streams } from '#core/random/philox'
import { openTraffic } from '#core/run/openTraffic'
import { simulatedClicks } from '#core/run/simulatedClicks'
import { playWorld, type PolicyId } from './playWorld.ts'
import { contrastsOf, judge } from './signTests.ts'
import type { ValidityCheck } from './validityReport.ts'

/** One request of a world as only its simulator sees it. */
interface SampledRequest {
  readonly user: number
  readonly seconds: number // simulated time
  /** Candidates by what the user would click, best first. */
  readonly candidates: readonly SampledItem[]
  readonly expectedBest: number // clicks on the best list
  readonly expectedRandom: number // clicks on a random list
}

interface SampledItem {
  readonly item: number
  readonly attraction: number // P(click | examined)
  readonly ageHours: number | null // where items come and go
}

/** What a world looks like from both sides. */
export interface WorldSample {
  readonly requests: readonly SampledRequest[]
  /** What a recommender sees of a request, in columns. */
  readonly features: readonly FeatureGroup[]
  /** Of a world that is set to a level of clicks: c, and the rate of random lists. */
  readonly calibration: { readonly offset: number; readonly ctr: number } | null
}

/** The world's own seed of a sample: while its settings change, nothing else may. */
const SEED = 1

/**
 * The first requests of the run that a spec would be, random lists being shown before.
 * @param spec of a generated world; a large one is made smaller
 */
export function sampleWorld(spec: ExperimentSpec, most = 6): WorldSample {
  const small = smallSpec(spec).spec
  const environment = createEnvironment(small.environment, null)
  const stream = streams(SEED)
  const poolSize = Math.min(small.traffic.poolSize, environment.items)
  const k = Math.min(small.traffic.listLength, poolSize)
  const clicks = simulatedClicks(small.click, k)
  const { traffic } = openTraffic(environment, small, stream, clicks, true)
  const batch: Requests = { count: 0, user: new Int32Array(1), seconds: new Float64Array(1) }
  const pool = new Int32Array(poolSize)
  const pairs = new Float32Array(poolSize * traffic.pairWidth)
  const attraction = new Float64Array(poolSize)
  const grades = traffic.graded ? new Int8Array(poolSize) : null
  const clicked = new Uint8Array(k)
  const requests: SampledRequest[] = []
  for (let index = 0; requests.length < most && traffic.nextSeconds() < Infinity; index++) {
    const logged = traffic.nextSeconds() < traffic.startsAt
    traffic.next(1, logged ? traffic.startsAt : Infinity, batch)
    const [user, seconds] = [batch.user[0]!, batch.seconds[0]!]
    const drawn = traffic.writePool(index, user, seconds, pool, 0, pairs, 0)
    traffic.writeTruth(user, seconds, pool, 0, drawn, attraction, grades)
    const length = Math.min(k, drawn)
    const expectedOn = (at: (slot: number) => number) => clicks.begin(length, at)
    if (!logged) {
      const candidates = Array.from(pool.subarray(0, drawn), (item, place) => ({
        item,
        attraction: attraction[place]!,
        ageHours: traffic.ageHours?.(item, seconds) ?? null,
      })).sort((one, other) => other.attraction - one.attraction || one.item - other.item)
      const expectedBest = expectedOn((slot) => candidates[slot]!.attraction)
      const expectedRandom = expectedOn((slot) => attraction[slot]!)
      requests.push({ user, seconds, candidates, expectedBest, expectedRandom })
    }
    expectedOn((slot) => attraction[slot]!)
    clicks.draw(stream('click', index), clicked)
    traffic.respond(user, seconds, pool.slice(0, length), clicked)
  }
  const { features } = environment.observed
  return { requests, features, calibration: traffic.calibration ?? null }
}

const quick = { requests: 200, seeds: [1, 2, 3] } as const

/**
 * The sign, leak and falsification tests of a small world with these settings, one after the other: what
 * the panel plays at length.
 */
export function* signsOf(spec: ExperimentSpec): Generator<ValidityCheck> {
  const small = smallSpec(spec).spec
  const made = new Map<string, Environment>()
  const play = (environment: SimulatedWorld, policy: PolicyId, seed: number) => {
    const key = JSON.stringify(environment)
    let world = made.get(key)
    if (!world) made.set(key, (world = createEnvironment(environment, null)))
    return playWorld(world, { ...small, environment }, policy, seed, quick.requests)
  }
  const world = SimulatedWorld.parse(small.environment)
  for (const contrast of contrastsOf(world, play)) yield judge(contrast, quick.seeds)
}

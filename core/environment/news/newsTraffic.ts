import type { Baselines, Requests, Traffic, TrafficPlan } from '#core/environment/traffic'
import { geometric, permutation } from '#core/random/distributions'
import type { Ranker } from '#core/ranker/ranker'
import { calibrate, type Calibration } from './calibrate.ts'
import { Moods, shortestGap, type MoodsState } from './moods.ts'
import type { NewsArchive } from './newsArchive.ts'
import type { NewsParams } from './newsParams.ts'
import { Readers, windowHours, type ReadersState } from './readers.ts'
import { RequestQueue } from '../requestQueue.ts'
import type { Tastes } from './tastes.ts'

const day = 86_400
const contextWidth = 9 // sine and cosine of the time of day, weekday
/** Counts reach the features with this delay, so that requests served together see the same. */
const featureLag = shortestGap

/** Users of world C: an event queue of requests, read by one service. */
export class NewsTraffic implements Traffic {
  readonly stateWidth: number
  readonly pairWidth = newsPairWidth
  readonly graded = false
  readonly startsAt = 0
  readonly total: number
  readonly baselines: Baselines
  readonly calibration: Calibration
  readonly #params: NewsParams
  readonly #plan: TrafficPlan
  readonly #archive: NewsArchive
  readonly #tastes: Tastes
  readonly #moods: Moods
  readonly #readers: Readers
  readonly #queue: RequestQueue
  readonly #remaining: Int32Array // [users], requests of the run that are left

  constructor(
    params: NewsParams,
    archive: NewsArchive,
    tastes: Tastes,
    plan: TrafficPlan,
    fresh: boolean,
  ) {
    this.#params = params
    this.#plan = plan
    this.#archive = archive
    this.#tastes = tastes
    this.#moods = new Moods(params)
    this.#readers = new Readers(params, archive)
    this.#queue = new RequestQueue(params.users)
    this.stateWidth = this.#readers.userWidth + contextWidth
    this.#remaining = new Int32Array(params.users)
    const { stream } = plan
    const enrolled = permutation(stream('arrival', 0), params.users).subarray(0, plan.users)
    const visits = stream('visits', 0)
    for (const user of enrolled) {
      this.#remaining[user] = geometric(visits, plan.impressionsPerUser)
      if (fresh)
        this.#queue.push(user, stream('first request', user).u() * day - params.logDays * day)
    }
    this.total = this.#remaining.reduce((sum, n) => sum + n, 0)
    this.calibration = calibrate(params, {
      samples: 400,
      listLength: plan.listLength,
      expectedClicks: plan.expectedClicks,
      sample: (i) => this.#sampleLogits(i, enrolled),
    })
    this.baselines = this.#baselines()
  }

  /** Logits without c of a random list in the time of the run, by users who are not bored. */
  #sampleLogits(i: number, enrolled: Int32Array): Float64Array {
    const rng = this.#plan.stream('calibration', i)
    const user = enrolled[rng.int(enrolled.length)]!
    const seconds = rng.u() * Math.min(1, this.#params.days) * day
    const [first, end] = this.#candidates(seconds)
    const count = Math.min(this.#plan.listLength, end - first)
    const picks = permutation(rng, end - first).subarray(0, count)
    return Float64Array.from(picks, (place) => this.#logit(user, seconds, first + place, 0))
  }

  nextSeconds(): number {
    return this.#queue.nextSeconds
  }

  next(limit: number, until: number, out: Requests): void {
    this.#queue.takeTogether(limit, until, shortestGap, out)
  }

  writeState(user: number, seconds: number, out: Float32Array, offset: number): void {
    this.#readers.writeUser(user, seconds, out, offset)
    const context = offset + this.#readers.userWidth
    const phase = (2 * Math.PI * seconds) / day
    out[context] = Math.sin(phase)
    out[context + 1] = Math.cos(phase)
    out.fill(0, context + 2, context + contextWidth)
    const days = Math.floor(seconds / day)
    out[context + 2 + (((days % 7) + 7) % 7)] = 1
  }

  /** Items that may become candidates, as rows [first, end): none of them has expired. */
  #candidates(seconds: number): readonly [first: number, end: number] {
    const { published } = this.#archive
    const { candidates, expiryHours } = this.#params
    const end = countUpTo(published, seconds)
    const oldest = countUpTo(published, seconds - expiryHours * 3600)
    return [candidates === 'anyAge' ? oldest : Math.max(oldest, end - this.#plan.poolSize), end]
  }

  writePool(
    impression: number,
    user: number,
    seconds: number,
    pools: Int32Array,
    offset: number,
    pairs: Float32Array,
    pairOffset: number,
  ): number {
    const [first, end] = this.#candidates(seconds)
    const order = permutation(this.#plan.stream('pool', impression), end - first)
    const count = Math.min(this.#plan.poolSize, end - first)
    const life = this.#params.freshnessHours * 3600
    const { clicks } = this.#readers
    for (let p = 0; p < count; p++) {
      const item = first + order[p]!
      pools[offset + p] = item
      let at = pairOffset + p * newsPairWidth
      const known = seconds - featureLag
      for (const hours of windowHours) {
        pairs[at++] = Math.log1p(clicks.count(item, seconds - 3600 * hours, known))
      }
      const age = (seconds - this.#archive.published[item]!) / life
      pairs[at++] = age
      pairs[at++] = Math.exp(-age)
      const [topic, provider] = this.#readers.shares(user, item)
      pairs[at++] = topic
      pairs[at++] = provider
      pairs[at++] = this.#readers.affinity(user, item) / 4
    }
    pools.fill(-1, offset + count, offset + this.#plan.poolSize)
    const width = this.#plan.poolSize * newsPairWidth
    pairs.fill(0, pairOffset + count * newsPairWidth, pairOffset + width)
    return count
  }

  writeTruth(
    user: number,
    seconds: number,
    pools: Int32Array,
    offset: number,
    count: number,
    attraction: Float64Array,
  ): void {
    const left = this.#moods.decay(user, seconds)
    for (let p = offset; p < offset + count; p++) {
      const logit = this.#logit(user, seconds, pools[p]!, left) - this.calibration.offset
      attraction[p] = 1 / (1 + Math.exp(-logit))
    }
  }

  /** Of one of the first providers, which are those that only attract. */
  #isBait(item: number): boolean {
    const { providers, baitShare } = this.#params
    return this.#archive.provider[item]! < baitShare * providers
  }

  /** w·θ·x + q − age/life − boredom, and what bait gains. @param bored share of the last list's boredom that is left */
  #logit(user: number, seconds: number, item: number, bored: number): number {
    const { dimensions, tasteWeight, freshnessHours } = this.#params
    const { content, quality, published, topic } = this.#archive
    const theta = this.#tastes.at(user, seconds)
    let taste = 0
    for (let d = 0; d < dimensions; d++) taste += theta[d]! * content[item * dimensions + d]!
    const age = (seconds - published[item]!) / (freshnessHours * 3600)
    const boredom = bored > 0 ? bored * this.#moods.boredom(user, topic[item]!) : 0
    const bait = this.#isBait(item) ? this.#params.baitLift : 0
    return tasteWeight * taste + quality[item]! - age - boredom + bait
  }

  respond(user: number, seconds: number, shown: Int32Array, clicked: Uint8Array): boolean {
    const topics = Array.from(shown, (item) => this.#archive.topic[item]!)
    const satisfied = shown.some((item, slot) => clicked[slot] === 1 && !this.#isBait(item))
    this.#moods.respond(user, seconds, topics, clicked, satisfied)
    const visit = this.#readers.requests(user)
    this.#readers.respond(user, seconds, shown, clicked)
    if (seconds >= this.startsAt && --this.#remaining[user]! <= 0) return true
    const gap = this.#moods.gap(user, this.#plan.stream('gap', user * 65_536 + visit))
    const next = seconds + gap
    if (next >= this.#params.days * day) return true
    this.#queue.push(user, next)
    return false
  }

  ageHours(item: number, seconds: number): number {
    return (seconds - this.#archive.published[item]!) / 3600
  }

  #baselines(): Baselines {
    const { clicks, shows } = this.#readers
    const by = (value: (item: number, seconds: number, user: number) => number): Ranker => ({
      score({ rows, pools, poolSize, seconds, users }, out) {
        for (let row = 0; row < rows; row++) {
          for (let p = row * poolSize; p < (row + 1) * poolSize; p++) {
            out[p] = value(pools[p]!, seconds![row]!, users[row]!)
          }
        }
      },
    })
    const dayBefore = (seconds: number) => seconds - day
    return {
      popularity: by((item, t) => clicks.count(item, dayBefore(t), t - featureLag)),
      // the items' own rates so far, drawn towards the level of random lists
      staticBest: by((item, t) => {
        const n = shows.count(item, -Infinity, t - featureLag)
        return (clicks.count(item, -Infinity, t - featureLag) + 1) / (n + 50)
      }),
      factors: by((item, _, user) => this.#readers.affinity(user, item)),
    }
  }

  state(): NewsState {
    return {
      queue: this.#queue.state(),
      remaining: this.#remaining.slice(),
      moods: this.#moods.state(),
      readers: this.#readers.state(),
    }
  }

  restore(state: NewsState): void {
    this.#queue.restore(state.queue)
    this.#remaining.set(state.remaining)
    this.#moods.restore(state.moods)
    this.#readers.restore(state.readers)
  }
}

/** Clicks per window, age and freshness, shares of topic and provider, affinity of content. */
const newsPairWidth = windowHours.length + 5

interface NewsState {
  readonly queue: Float64Array
  readonly remaining: Int32Array
  readonly moods: MoodsState
  readonly readers: ReadersState
}

/** How many of the sorted times are at most `limit`. */
function countUpTo(times: Float64Array, limit: number): number {
  let [low, high] = [0, times.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (times[middle]! <= limit) low = middle + 1
    else high = middle
  }
  return low
}

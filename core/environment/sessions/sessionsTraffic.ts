import type { Baselines, Requests, Traffic, TrafficPlan } from '#core/environment/traffic'
import { RequestQueue } from '../requestQueue.ts'
import { normal, permutation } from '#core/random/distributions'
import { itemValueRanker } from '#core/ranker/baselines'
import { clickRate, organicView, type Products } from './products.ts'
import type { SessionsParams } from './sessionsParams.ts'

const step = 30 // s between two steps of a user, so that no request follows another sooner

/** What the recommender has on record of the products. */
export interface ProductRecord {
  readonly factors: Float32Array // [P × rank]
  readonly rank: number
  readonly views: Float32Array // [P]
}

/**
 * Users of world E. Whether a user looks around, is shown something or leaves does not depend on what
 * is shown, so that a visit's requests are known when it begins.
 */
export class SessionsTraffic implements Traffic {
  readonly stateWidth: number
  readonly pairWidth = 0
  readonly graded = false
  readonly startsAt = 0
  readonly total: number
  readonly baselines: Baselines
  readonly #params: SessionsParams
  readonly #plan: TrafficPlan
  readonly #products: Products
  readonly #record: ProductRecord
  readonly #queue: RequestQueue
  readonly #omega: Float64Array // [users × dimensions]
  readonly #profile: Float64Array // [users × rank], sum of the viewed products' factors
  readonly #views: Int32Array // [users]
  readonly #lastView: Int32Array // [users], −1 before the first
  readonly #clicks: Int32Array // [users]
  readonly #requests: Int32Array // [users]
  readonly #steps: Int32Array // [users], steps of the visit so far

  constructor(
    params: SessionsParams,
    products: Products,
    record: ProductRecord,
    plan: TrafficPlan,
    fresh: boolean,
  ) {
    const { users, dimensions } = params
    this.#params = params
    this.#plan = plan
    this.#products = products
    this.#record = record
    this.stateWidth = 2 * record.rank + 4
    this.#queue = new RequestQueue(users)
    this.#omega = new Float64Array(users * dimensions)
    this.#profile = new Float64Array(users * record.rank)
    this.#views = new Int32Array(users)
    this.#lastView = new Int32Array(users).fill(-1)
    this.#clicks = new Int32Array(users)
    this.#requests = new Int32Array(users)
    this.#steps = new Int32Array(users)
    this.baselines = {
      popularity: itemValueRanker(record.views),
      staticBest: itemValueRanker(record.views),
      factors: {
        score: ({ rows, users: ids, pools, poolSize }, out) => {
          for (let row = 0; row < rows; row++) {
            for (let p = row * poolSize; p < (row + 1) * poolSize; p++) {
              out[p] = this.#affinity(ids[row]!, pools[p]!)
            }
          }
        },
      },
    }
    const { stream } = plan
    const enrolled = permutation(stream('arrival', 0), users).subarray(0, plan.users)
    // about forty users at a time
    const visit = step / params.leave
    const span = (plan.users * visit) / 40
    let total = 0
    for (const user of enrolled) {
      const start = stream('first request', user).u() * span
      total += this.#requestsOf(user)
      if (fresh) this.#begin(user, start)
    }
    this.total = total
  }

  /** Walks through a visit without its views. */
  #requestsOf(user: number): number {
    let n = 0
    let organic = true
    for (let s = 0; ; s++) {
      const next = this.#move(user, s, organic)
      if (next === 'leave') return n
      organic = next === 'organic'
      if (!organic) n++
    }
  }

  #move(user: number, stepIndex: number, organic: boolean): 'organic' | 'bandit' | 'leave' {
    const { leave, toBandit, toOrganic } = this.#params
    const u = this.#plan.stream('move', user * 65_536 + stepIndex).u()
    if (u < leave) return 'leave'
    if (organic) return u < leave + toBandit ? 'bandit' : 'organic'
    return u < leave + toOrganic ? 'organic' : 'bandit'
  }

  #begin(user: number, seconds: number): void {
    const { dimensions } = this.#params
    const rng = this.#plan.stream('user', user)
    for (let d = 0; d < dimensions; d++) this.#omega[user * dimensions + d] = normal(rng)
    this.#walk(user, seconds, true)
  }

  /** Goes on to the user's next request; whether there is one. */
  #walk(user: number, seconds: number, organic: boolean): boolean {
    const { dimensions, drift } = this.#params
    let time = seconds
    let looking = organic
    for (;;) {
      const at = this.#steps[user]!++
      const next = this.#move(user, at, looking)
      if (looking) {
        const rng = this.#plan.stream('view', user * 65_536 + at)
        this.#view(
          user,
          organicView(this.#products, this.#omega, user * dimensions, dimensions, rng),
        )
        for (let d = 0; d < dimensions; d++)
          this.#omega[user * dimensions + d]! += drift * normal(rng)
      }
      if (next === 'leave') return false
      time += step
      looking = next === 'organic'
      if (!looking) {
        this.#queue.push(user, time)
        return true
      }
    }
  }

  #view(user: number, item: number): void {
    const { factors, rank } = this.#record
    this.#views[user]!++
    this.#lastView[user] = item
    for (let f = 0; f < rank; f++) this.#profile[user * rank + f]! += factors[item * rank + f]!
  }

  #affinity(user: number, item: number): number {
    const { factors, rank } = this.#record
    let dot = 0
    for (let f = 0; f < rank; f++)
      dot += this.#profile[user * rank + f]! * factors[item * rank + f]!
    return dot
  }

  nextSeconds(): number {
    return this.#queue.nextSeconds
  }

  next(limit: number, until: number, out: Requests): void {
    this.#queue.takeTogether(limit, until, step, out)
  }

  /** Mean factors of the user's views, those of the last one, and counts of views, requests, clicks. */
  writeState(user: number, _seconds: number, out: Float32Array, offset: number): void {
    const { factors, rank } = this.#record
    const views = this.#views[user]!
    const last = this.#lastView[user]!
    for (let f = 0; f < rank; f++) {
      out[offset + f] = this.#profile[user * rank + f]! / Math.max(1, views)
      out[offset + rank + f] = last < 0 ? 0 : factors[last * rank + f]!
    }
    const requests = this.#requests[user]!
    out[offset + 2 * rank] = Math.log1p(views)
    out[offset + 2 * rank + 1] = Math.log1p(requests)
    out[offset + 2 * rank + 2] = Math.log1p(this.#clicks[user]!)
    out[offset + 2 * rank + 3] = this.#clicks[user]! / (1 + requests)
  }

  writePool(
    impression: number,
    _user: number,
    _seconds: number,
    pools: Int32Array,
    offset: number,
  ): number {
    const { products: count } = this.#params
    const size = Math.min(this.#plan.poolSize, count)
    pools.set(permutation(this.#plan.stream('pool', impression), count).subarray(0, size), offset)
    return size
  }

  writeTruth(
    user: number,
    _seconds: number,
    pools: Int32Array,
    offset: number,
    count: number,
    attraction: Float64Array,
  ): void {
    const { dimensions } = this.#params
    const { beta, nu } = this.#products
    for (let p = offset; p < offset + count; p++) {
      const item = pools[p]!
      let score = nu[item]!
      for (let d = 0; d < dimensions; d++) {
        score += beta[item * dimensions + d]! * this.#omega[user * dimensions + d]!
      }
      attraction[p] = clickRate(score)
    }
  }

  respond(user: number, seconds: number, _shown: Int32Array, clicked: Uint8Array): boolean {
    this.#requests[user]!++
    for (const click of clicked) this.#clicks[user]! += click
    return !this.#walk(user, seconds, false)
  }

  state(): SessionsState {
    return {
      queue: this.#queue.state(),
      omega: this.#omega.slice(),
      profile: this.#profile.slice(),
      views: this.#views.slice(),
      lastView: this.#lastView.slice(),
      clicks: this.#clicks.slice(),
      requests: this.#requests.slice(),
      steps: this.#steps.slice(),
    }
  }

  restore(state: SessionsState): void {
    this.#queue.restore(state.queue)
    this.#omega.set(state.omega)
    this.#profile.set(state.profile)
    this.#views.set(state.views)
    this.#lastView.set(state.lastView)
    this.#clicks.set(state.clicks)
    this.#requests.set(state.requests)
    this.#steps.set(state.steps)
  }
}

interface SessionsState {
  readonly queue: Float64Array
  readonly omega: Float64Array
  readonly profile: Float64Array
  readonly views: Int32Array
  readonly lastView: Int32Array
  readonly clicks: Int32Array
  readonly requests: Int32Array
  readonly steps: Int32Array
}

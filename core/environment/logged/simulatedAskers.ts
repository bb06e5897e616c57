import { exponential, geometric, permutation } from '#core/random/distributions'
import type { Requests, TrafficPlan } from '../traffic.ts'

/** Users who are active at the same time, and the mean gap between any two requests in seconds. */
const active = 40
const gap = 4

/**
 * Who asks when in a world whose data tell of no users: everybody asks a few times in the past, which
 * ends at 0, then leaves the run after a geometric number of requests. Fixed before the first request.
 */
export class SimulatedAskers {
  readonly total: number // in the run
  readonly #user: Int32Array
  readonly #seconds: Float64Array
  readonly #last: Int32Array // [users], index of the last request, −1 for none
  #handedOut = 0
  #served = 0
  readonly #past: number

  /** @param pastShare requests before the run, as a share of those in it */
  constructor(plan: TrafficPlan, users: number, pastShare: number, fresh: boolean) {
    const { stream } = plan
    const order = permutation(stream('arrival', 0), users).subarray(0, plan.users)
    const visits = stream('visits', 0)
    const remaining = Int32Array.from(order, () => geometric(visits, plan.impressionsPerUser))
    this.total = remaining.reduce((sum, n) => sum + n, 0)
    this.#past = Math.round(this.total * pastShare)
    this.#user = new Int32Array(this.#past + this.total)
    this.#seconds = new Float64Array(this.#past + this.total)
    this.#last = new Int32Array(users).fill(-1)
    const turns = stream('turns', 0)
    const gaps = stream('gaps', 0)
    let time = 0
    for (let i = this.#past - 1; i >= 0; i--) {
      time -= exponential(gaps, gap)
      this.#user[i] = order[turns.int(order.length)]!
      this.#seconds[i] = time
    }
    time = 0
    const present: number[] = []
    let entered = 0
    for (let i = this.#past; i < this.#user.length; i++) {
      while (present.length < active && entered < order.length) present.push(entered++)
      const place = turns.int(present.length)
      const asker = present[place]!
      time += exponential(gaps, gap)
      this.#user[i] = order[asker]!
      this.#seconds[i] = time
      if (--remaining[asker]! > 0) continue
      this.#last[order[asker]!] = i
      present[place] = present[present.length - 1]!
      present.pop()
    }
    if (!fresh) this.restore(this.#past)
  }

  nextSeconds(): number {
    return this.#seconds[this.#handedOut] ?? Infinity
  }

  /** Requests until a user comes again. */
  next(limit: number, until: number, out: Requests): void {
    out.count = 0
    while (out.count < limit) {
      const seconds = this.nextSeconds()
      if (seconds === Infinity || (out.count > 0 && seconds >= until)) break
      const user = this.#user[this.#handedOut]!
      if (out.user.subarray(0, out.count).includes(user)) break
      out.user[out.count] = user
      out.seconds[out.count] = seconds
      out.count++
      this.#handedOut++
    }
  }

  /** The next request has been served. @returns whether it was the user's last */
  served(user: number): boolean {
    return this.#last[user] === this.#served++
  }

  state(): number {
    return this.#served
  }

  restore(served: number): void {
    this.#served = served
    this.#handedOut = served
  }
}

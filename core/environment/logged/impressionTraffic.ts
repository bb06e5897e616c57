import { permutation } from '#core/random/distributions'
import type { Ranker } from '#core/ranker/ranker'
import type { Baselines, Requests, Traffic, TrafficPlan } from '../traffic.ts'
import type { ImpressionWorld } from './impressionWorld.ts'
import { ItemCounters, type ItemCountersState } from './itemCounters.ts'
import { Readings, type ReadingsState } from './readings.ts'

const day = 86_400
const contextWidth = 9 // sine and cosine of the time of day, weekday
/** Clicks, shows, click rate and readers of an item, its age, affinity of content and category. */
const pairWidth = 7

/** The users of a log of impressions, who ask when they asked. */
export class ImpressionTraffic implements Traffic {
  readonly stateWidth: number
  readonly pairWidth = pairWidth
  readonly graded = true
  readonly total: number
  readonly startsAt: number
  readonly scripted = true
  readonly baselines: Baselines
  readonly #world: ImpressionWorld
  readonly #plan: TrafficPlan
  readonly #order: Int32Array // impressions of the enrolled users by time
  readonly #last: Int32Array // [users], the user's last impression, −1 for others
  readonly #current: Int32Array // [users], the impression that is being served
  readonly #counters: ItemCounters
  readonly #readings: Readings
  #handedOut: number

  constructor(world: ImpressionWorld, plan: TrafficPlan, fresh: boolean) {
    const { log, start, startsAt } = world
    this.#world = world
    this.#plan = plan
    this.startsAt = startsAt
    this.#readings = new Readings(world)
    this.stateWidth = this.#readings.width + contextWidth
    this.#counters = new ItemCounters(log.items)
    const enrolled = new Uint8Array(log.users)
    for (const user of permutation(plan.stream('arrival', 0), log.users).subarray(0, plan.users)) {
      enrolled[user] = 1
    }
    const all = Array.from({ length: log.impressions }, (_, i) => i)
    const isPast = (i: number) => log.time[i]! - start < startsAt
    // the past is everybody's: it was logged whoever takes part in the run
    this.#order = Int32Array.from(all.filter((i) => isPast(i) || enrolled[log.user[i]!] === 1))
    this.#last = new Int32Array(log.users).fill(-1)
    for (const i of this.#order) this.#last[log.user[i]!] = i
    this.#current = new Int32Array(log.users).fill(-1)
    const past = this.#order.findIndex((i) => !isPast(i))
    this.total = past < 0 ? 0 : this.#order.length - past
    this.#handedOut = fresh ? 0 : Math.max(0, past)
    this.baselines = this.#references()
  }

  nextSeconds(): number {
    const i = this.#order[this.#handedOut]
    return i === undefined ? Infinity : this.#world.log.time[i]! - this.#world.start
  }

  /** Requests until a user comes again or the known counts change. */
  next(limit: number, until: number, out: Requests): void {
    const { log } = this.#world
    const end = Math.min(until, this.#counters.changesAt(this.nextSeconds()))
    out.count = 0
    while (out.count < limit) {
      const seconds = this.nextSeconds()
      if (seconds === Infinity || (out.count > 0 && seconds >= end)) break
      const i = this.#order[this.#handedOut]!
      const user = log.user[i]!
      if (out.user.subarray(0, out.count).includes(user)) break
      this.#current[user] = i
      out.user[out.count] = user
      out.seconds[out.count] = seconds
      out.count++
      this.#handedOut++
    }
  }

  writeState(user: number, seconds: number, out: Float32Array, offset: number): void {
    this.#readings.write(user, this.#current[user]!, out, offset)
    const context = offset + this.#readings.width
    const time = seconds + this.#world.start
    const phase = (2 * Math.PI * time) / day
    out[context] = Math.sin(phase)
    out[context + 1] = Math.cos(phase)
    out.fill(0, context + 2, context + contextWidth)
    out[context + 2 + (Math.floor(time / day) % 7)] = 1
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
    const { log, firstOffered, historyCount } = this.#world
    const counters = this.#counters
    counters.advance(seconds)
    const i = this.#current[user]!
    const from = log.first[i]!
    const order = permutation(this.#plan.stream('pool', impression), log.first[i + 1]! - from)
    const count = Math.min(this.#plan.poolSize, order.length)
    for (let p = 0; p < count; p++) {
      const item = log.item[from + order[p]!]!
      const clicks = counters.clicks[item]!
      const shows = counters.shows[item]!
      pools[offset + p] = item
      let at = pairOffset + p * pairWidth
      pairs[at++] = Math.log1p(clicks)
      pairs[at++] = Math.log1p(shows) / 4
      pairs[at++] = (10 * (clicks + 0.5)) / (shows + 15)
      pairs[at++] = Math.log1p(historyCount[item]!)
      pairs[at++] = Math.log1p(Math.max(0, seconds - firstOffered[item]!) / 3600)
      const [content, category] = this.#readings.affinity(user, item)
      pairs[at++] = content
      pairs[at++] = category
    }
    pools.fill(-1, offset + count, offset + this.#plan.poolSize)
    const width = this.#plan.poolSize * pairWidth
    pairs.fill(0, pairOffset + count * pairWidth, pairOffset + width)
    return count
  }

  writeTruth(
    user: number,
    _seconds: number,
    pools: Int32Array,
    offset: number,
    count: number,
    attraction: Float64Array,
    grades: Int8Array | null,
  ): void {
    const { log, params } = this.#world
    const i = this.#current[user]!
    const rows = log.item.subarray(log.first[i], log.first[i + 1])
    for (let p = offset; p < offset + count; p++) {
      const clicked = log.label[log.first[i]! + rows.indexOf(pools[p]!)] === 1
      attraction[p] = clicked ? params.clickedAttraction : params.otherAttraction
      if (grades) grades[p] = clicked ? 4 : 0
    }
  }

  respond(user: number, seconds: number, shown: Int32Array, clicked: Uint8Array): boolean {
    const { log } = this.#world
    const i = this.#current[user]!
    if (seconds < this.startsAt) {
      // the log tells of all of its candidates
      for (let row = log.first[i]!; row < log.first[i + 1]!; row++) {
        this.#counters.add(log.item[row]!, 1, log.label[row]!)
        if (log.label[row] === 1) this.#readings.clicked(user, log.item[row]!)
      }
    } else {
      for (let slot = 0; slot < shown.length; slot++) {
        this.#counters.add(shown[slot]!, 1, clicked[slot]!)
        if (clicked[slot] === 1) this.#readings.clicked(user, shown[slot]!)
      }
    }
    this.#readings.visited(user)
    return this.#last[user] === i
  }

  #references(): Baselines {
    const { historyCount } = this.#world
    const { clicks, shows } = this.#counters
    const by = (value: (item: number, user: number) => number): Ranker => ({
      score({ rows, pools, poolSize, users }, out) {
        for (let row = 0; row < rows; row++) {
          for (let p = row * poolSize; p < (row + 1) * poolSize; p++) {
            out[p] = value(pools[p]!, users[row]!)
          }
        }
      },
    })
    return {
      popularity: by((item) => clicks[item]! + 1e-3 * historyCount[item]!),
      // the items' own click rates so far, drawn towards that of the log
      staticBest: by((item) => (clicks[item]! + 0.5) / (shows[item]! + 15)),
      factors: by((item, user) => this.#readings.affinity(user, item)[0]),
    }
  }

  state(): ImpressionState {
    return {
      handedOut: this.#handedOut,
      counters: this.#counters.state(),
      readings: this.#readings.state(),
    }
  }

  restore(state: ImpressionState): void {
    this.#handedOut = state.handedOut
    this.#counters.restore(state.counters)
    this.#readings.restore(state.readings)
  }
}

interface ImpressionState {
  readonly handedOut: number
  readonly counters: ItemCountersState
  readonly readings: ReadingsState
}

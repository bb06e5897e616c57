import { attraction, type RatedEnvironment } from '#core/environment/environment'
import type { Baselines, Requests, Traffic } from '#core/environment/traffic'
import type { TrafficSpec } from '#core/experimentSpec'
import type { StreamFactory } from '#core/random/philox'
import { factorRanker, itemValueRanker } from '#core/ranker/baselines'
import { GradeMemory } from './gradeMemory.ts'
import { schedule, type Schedule } from './traffic.ts'
import { UserMemory, type UserMemoryState } from './userMemory.ts'

/**
 * The traffic of a world of ratings: users come by a schedule that is fixed before the first request
 * and are shown what they have not clicked yet.
 */
export class ScheduledTraffic implements Traffic {
  readonly stateWidth: number
  readonly pairWidth = 0
  readonly graded = true
  readonly startsAt = 0
  readonly baselines: Baselines
  readonly memory: UserMemory
  readonly #stream: StreamFactory
  readonly #schedule: Schedule
  readonly #poolSize: number
  readonly #grades: GradeMemory
  readonly #attraction: Float64Array // by grade + 1
  #served = 0
  #handedOut = 0

  constructor(environment: RatedEnvironment, spec: TrafficSpec, stream: StreamFactory) {
    const { observed, truth, users, items } = environment
    this.#stream = stream
    this.#schedule = schedule(spec, users, stream)
    this.#poolSize = Math.min(spec.poolSize, items)
    this.memory = new UserMemory(observed, users, items)
    this.stateWidth = this.memory.stateWidth
    this.#grades = new GradeMemory(truth, items, this.#poolSize)
    this.#attraction = Float64Array.from([-1, 0, 1, 2, 3, 4], (grade) => attraction(truth, grade))
    this.baselines = {
      popularity: itemValueRanker(observed.popularity),
      staticBest: itemValueRanker(observed.staticValue),
      factors: factorRanker(observed),
    }
  }

  get total(): number {
    return this.#schedule.total
  }

  nextSeconds(): number {
    return this.#schedule.seconds[this.#handedOut] ?? Infinity
  }

  /** Requests until a user comes a second time. */
  next(limit: number, until: number, out: Requests): void {
    const { user, seconds, total } = this.#schedule
    const first = this.#handedOut
    const most = Math.min(limit, total - first)
    let count = 0
    while (count < most && (count === 0 || seconds[first + count]! < until)) {
      if (out.user.subarray(0, count).includes(user[first + count]!)) break
      out.user[count] = user[first + count]!
      out.seconds[count] = seconds[first + count]!
      count++
    }
    out.count = count
    this.#handedOut += count
  }

  writeState(user: number, _seconds: number, out: Float32Array, offset: number): void {
    this.memory.writeState(user, out, offset)
  }

  writePool(
    impression: number,
    user: number,
    _seconds: number,
    pools: Int32Array,
    offset: number,
  ): number {
    const rng = this.#stream('pool', impression)
    return this.memory.drawPool(user, this.#poolSize, rng, pools, offset)
  }

  writeTruth(
    user: number,
    _seconds: number,
    pools: Int32Array,
    offset: number,
    count: number,
    out: Float64Array,
    grades: Int8Array,
  ): void {
    this.#grades.write(user, pools, offset, count, grades, offset)
    for (let p = offset; p < offset + count; p++) out[p] = this.#attraction[grades[p]! + 1]!
  }

  respond(user: number, _seconds: number, shown: Int32Array, clicked: Uint8Array): boolean {
    const clickedItems: number[] = []
    for (let slot = 0; slot < shown.length; slot++) {
      if (clicked[slot] === 1) clickedItems.push(shown[slot]!)
    }
    this.memory.observe(user, clickedItems)
    const last = this.#schedule.last[this.#served++] === 1
    if (last) this.#grades.forget(user)
    return last
  }

  state(): ScheduledState {
    return { served: this.#served, memory: this.memory.state() }
  }

  restore(state: ScheduledState): void {
    this.#served = state.served
    this.#handedOut = state.served
    this.memory.restore(state.memory)
  }
}

interface ScheduledState {
  readonly served: number
  readonly memory: UserMemoryState
}

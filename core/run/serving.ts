import type { AdvantageScorer } from '#core/agent/qNetwork'
import type { DrnAgent } from '#core/agent/drn'
import type { ComputeOps } from '#core/compute/ops'
import { attraction, type Environment } from '#core/environment/environment'
import type { ExperimentSpec } from '#core/experimentSpec'
import type { StreamFactory } from '#core/random/philox'
import { outcomeCodes, type ImpressionChunk } from './batch.ts'
import { GradeMemory } from './gradeMemory.ts'
import type { SimulatedClicks } from './simulatedClicks.ts'
import { duelList, type DuelList } from './servedList.ts'
import type { Tally } from './tally.ts'
import type { Schedule } from './traffic.ts'
import type { UserMemory } from './userMemory.ts'

/** The two networks of the running duel and the references that are scored beside them. */
export interface Contestants {
  readonly a: AdvantageScorer
  readonly b: AdvantageScorer
  readonly untrained: AdvantageScorer
}

/** Pooled credit of an update duel. */
export interface DuelCredit {
  a: number
  b: number
  different: number // impressions whose lists differed
  served: number
}

/** Everything a request is served with; all of it lives as long as the run. */
export interface ServingDeps {
  readonly spec: ExperimentSpec
  readonly environment: Environment
  readonly schedule: Schedule
  readonly stream: StreamFactory
  readonly ops: ComputeOps
  readonly clicks: SimulatedClicks
  readonly memory: UserMemory
  readonly agent: DrnAgent
  readonly tally: Tally
}

/** The most users that are scored in one call; results do not depend on it. */
const maxUsersPerCall = 64

/**
 * Serves requests: candidates, scores of both networks, the interleaved list, clicks, and the
 * record of it all. Users of one call are distinct, so that no request waits for another's clicks
 * and a call of many is the same as many calls of one.
 */
export class Serving {
  readonly #deps: ServingDeps
  readonly #k: number
  readonly #pool: number
  readonly #list: DuelList
  readonly #states: Float32Array
  readonly #pools: Int32Array
  readonly #safePools: Int32Array // padding replaced by row 0, which the masks take out again
  readonly #drawn: Int32Array
  readonly #scores: Float32Array
  readonly #tops: Record<RankedBy, Int32Array>
  readonly #grades: Int8Array
  readonly #gradeMemory: GradeMemory
  readonly #attraction: Float64Array // by grade + 1
  readonly #gradeCounts = new Int32Array(6) // by grade + 1
  readonly #lastImpression: Int32Array // per user, −1 before the first
  readonly #usersPerCall: number

  constructor(deps: ServingDeps, usersPerCall = maxUsersPerCall) {
    const { spec, environment, memory } = deps
    this.#deps = deps
    this.#usersPerCall = usersPerCall
    this.#pool = Math.min(spec.traffic.poolSize, environment.items)
    this.#k = Math.min(spec.traffic.listLength, this.#pool)
    this.#list = duelList(spec.interleaver, this.#k)
    const rows = usersPerCall
    this.#states = new Float32Array(rows * memory.stateWidth)
    this.#pools = new Int32Array(rows * this.#pool)
    this.#safePools = new Int32Array(rows * this.#pool)
    this.#drawn = new Int32Array(rows)
    this.#scores = new Float32Array(rows * this.#pool)
    this.#grades = new Int8Array(rows * this.#pool)
    this.#gradeMemory = new GradeMemory(environment.truth, environment.items, this.#pool)
    this.#attraction = Float64Array.from([-1, 0, 1, 2, 3, 4], (grade) =>
      attraction(environment.truth, grade),
    )
    const top = () => new Int32Array(rows * this.#k)
    this.#tops = {
      a: top(),
      b: top(),
      untrained: top(),
      popularity: top(),
      staticBest: top(),
      oracle: top(),
    }
    this.#lastImpression = new Int32Array(environment.users).fill(-1)
  }

  get listLength(): number {
    return this.#k
  }

  get poolSize(): number {
    return this.#pool
  }

  /**
   * Serves impressions `from … from + count − 1` into `chunk`, which starts at `chunk.from`.
   * `contestants` stay the same throughout; their duel's credit is added up in `credit`.
   */
  serve(
    from: number,
    count: number,
    contestants: Contestants,
    chunk: ImpressionChunk,
    credit: DuelCredit,
  ): void {
    for (let i = from; i < from + count;) {
      const rows = this.#distinctUsers(i, from + count)
      this.#prepare(i, rows)
      this.#rank(rows, contestants)
      for (let row = 0; row < rows; row++) this.#show(i + row, row, chunk, credit)
      i += rows
    }
  }

  /** Requests from `i` on until a user comes a second time, the call is full or `end` is reached. */
  #distinctUsers(i: number, end: number): number {
    const { user } = this.#deps.schedule
    const limit = Math.min(this.#usersPerCall, end - i)
    for (let row = 1; row < limit; row++) {
      for (let before = 0; before < row; before++) {
        if (user[i + before] === user[i + row]) return row
      }
    }
    return limit
  }

  #prepare(first: number, rows: number): void {
    const { memory, schedule, stream } = this.#deps
    const pool = this.#pool
    for (let row = 0; row < rows; row++) {
      const user = schedule.user[first + row]!
      memory.writeState(user, this.#states, row * memory.stateWidth)
      const rng = stream('pool', first + row)
      const drawn = memory.drawPool(user, pool, rng, this.#pools, row * pool)
      this.#drawn[row] = drawn
      this.#gradeMemory.write(user, this.#pools, row * pool, drawn, this.#grades, row * pool)
    }
    for (let p = 0; p < rows * pool; p++) this.#safePools[p] = Math.max(0, this.#pools[p]!)
  }

  #rank(rows: number, contestants: Contestants): void {
    const { memory, environment } = this.#deps
    const { popularity, staticValue } = environment.observed
    let full = true
    for (let row = 0; row < rows; row++) full &&= this.#drawn[row] === this.#pool
    const states = this.#states.subarray(0, rows * memory.stateWidth)
    const pools = this.#safePools.subarray(0, rows * this.#pool)
    const scores = this.#scores.subarray(0, rows * this.#pool)
    for (const by of ['a', 'b', 'untrained'] as const) {
      if (full) {
        contestants[by].rank(states, pools, this.#pool, this.#k, this.#tops[by])
      } else {
        contestants[by].score(states, pools, this.#pool, scores)
        this.#top(by, rows)
      }
    }
    for (let p = 0; p < scores.length; p++) scores[p] = popularity[pools[p]!]!
    this.#top('popularity', rows)
    for (let p = 0; p < scores.length; p++) scores[p] = staticValue[pools[p]!]!
    this.#top('staticBest', rows)
    for (let p = 0; p < scores.length; p++) scores[p] = this.#attraction[this.#grades[p]! + 1]!
    this.#top('oracle', rows)
  }

  #top(by: RankedBy, rows: number): void {
    const pool = this.#pool
    for (let row = 0; row < rows; row++) {
      this.#scores.fill(-Infinity, row * pool + this.#drawn[row]!, (row + 1) * pool)
    }
    this.#deps.ops.topK(this.#scores.subarray(0, rows * pool), rows, pool, this.#k, this.#tops[by])
  }

  #show(impression: number, row: number, chunk: ImpressionChunk, credit: DuelCredit): void {
    const { schedule, stream, clicks, memory, agent, tally } = this.#deps
    const k = this.#k
    const user = schedule.user[impression]!
    const at = impression - chunk.from
    const base = at * k
    const length = Math.min(k, this.#drawn[row]!)
    const listA = this.#writeList('a', row, length, chunk.listA, base)
    const listB = this.#writeList('b', row, length, chunk.listB, base)

    const served = this.#list.make(listA, listB, length, stream('interleave', impression))
    const { items, teams } = this.#list.slots
    const shown = chunk.shown.subarray(base, base + k)
    shown.fill(-1)
    shown.set(items.subarray(0, served))
    chunk.team.fill(-1, base, base + k)
    chunk.team.set(teams.subarray(0, served), base)

    const expected = clicks.begin(served, (slot) => this.#attractionOf(row, length, items[slot]!))
    const clicked = chunk.clicked.subarray(base, base + k)
    clicks.draw(stream('click', impression), clicked)
    const { outcome, vote } = this.#list.judge(clicked)

    chunk.user[at] = user
    chunk.seconds[at] = schedule.seconds[impression]!
    chunk.outcome[at] = outcomeCodes.indexOf(outcome)
    chunk.vote[at] = vote

    let common = 0
    let differentSlots = 0
    for (let r = 0; r < length; r++) {
      if (listB.includes(listA[r]!)) common++
      if (listA[r] !== listB[r]) differentSlots++
    }
    credit.served++
    if (differentSlots > 0) credit.different++
    for (let slot = 0; slot < served; slot++) {
      if (clicked[slot] !== 1) continue
      if (teams[slot] === 0) credit.a++
      else if (teams[slot] === 1) credit.b++
    }

    tally.addImpression({
      user,
      outcome,
      vote,
      length,
      differentSlots,
      overlap: length > 0 ? common / length : 1,
      shown: items.subarray(0, served),
      teams: teams.subarray(0, served),
      clicked,
    })
    tally.arm('served').add(user, expected, served)
    for (const [arm, by] of rankedArms) {
      tally.arm(arm).add(user, this.#expectedOfTop(by, row, length), length)
    }
    tally.arm('random').add(user, this.#expectedOfPool(row, length), length)
    tally.addRelevance(user, this.#ndcg(row, length), this.#precision(row, length))

    const clickedItems: number[] = []
    for (let slot = 0; slot < served; slot++)
      if (clicked[slot] === 1) clickedItems.push(items[slot]!)
    const { stateWidth } = memory
    agent.replay.add(
      impression,
      this.#lastImpression[user]!,
      this.#states.subarray(row * stateWidth, (row + 1) * stateWidth),
      this.#pools.subarray(row * this.#pool, (row + 1) * this.#pool),
      shown,
      clicked,
    )
    this.#lastImpression[user] = impression
    memory.observe(user, clickedItems)
    if (schedule.last[impression] === 1) {
      tally.closeUser(user)
      this.#gradeMemory.forget(user)
    }
  }

  /** Writes the item ids of a top list, −1 padded, and returns the part in use. */
  #writeList(
    by: RankedBy,
    row: number,
    length: number,
    out: Int32Array,
    offset: number,
  ): Int32Array {
    const top = this.#tops[by]
    out.fill(-1, offset, offset + this.#k)
    for (let r = 0; r < length; r++) {
      out[offset + r] = this.#pools[row * this.#pool + top[row * this.#k + r]!]!
    }
    return out.subarray(offset, offset + length)
  }

  /** Of a shown item, which is one of the tops of A or B. */
  #attractionOf(row: number, length: number, item: number): number {
    const { a, b } = this.#tops
    for (let at = row * this.#k; at < row * this.#k + length; at++) {
      if (this.#itemAt(row, a[at]!) === item) return this.#attractionAt(row, a[at]!)
      if (this.#itemAt(row, b[at]!) === item) return this.#attractionAt(row, b[at]!)
    }
    throw new RangeError(`item ${item} is on neither list`)
  }

  #itemAt(row: number, position: number): number {
    return this.#pools[row * this.#pool + position]!
  }

  #attractionAt(row: number, position: number): number {
    return this.#attraction[this.#gradeAt(row, position) + 1]!
  }

  #gradeAt(row: number, position: number): number {
    return this.#grades[row * this.#pool + position]!
  }

  #expectedOfTop(by: RankedBy, row: number, length: number): number {
    const top = this.#tops[by]
    return this.#deps.clicks.begin(length, (r) => this.#attractionAt(row, top[row * this.#k + r]!))
  }

  /** The pool is in random order, so its head is a random list. */
  #expectedOfPool(row: number, length: number): number {
    return this.#deps.clicks.begin(length, (r) => this.#attractionAt(row, r))
  }

  /** nDCG of L with gain 2^grade − 1; the ideal orders the whole pool. NaN without a graded item. */
  #ndcg(row: number, length: number): number {
    const counts = this.#gradeCounts.fill(0)
    const end = row * this.#pool + this.#drawn[row]!
    for (let p = row * this.#pool; p < end; p++) counts[this.#grades[p]! + 1]!++
    let ideal = 0
    let rank = 0
    for (let grade = 4; grade > 0; grade--) {
      for (let n = counts[grade + 1]!; n > 0 && rank < length; n--) ideal += gain(grade, rank++)
    }
    if (ideal === 0) return Number.NaN
    let reached = 0
    for (let r = 0; r < length; r++) {
      reached += gain(Math.max(0, this.#gradeAt(row, this.#tops.a[row * this.#k + r]!)), r)
    }
    return reached / ideal
  }

  /** Share of L with grade 3 or 4, that is at least 3.5 of 5 stars. */
  #precision(row: number, length: number): number {
    let relevant = 0
    for (let r = 0; r < length; r++) {
      if (this.#gradeAt(row, this.#tops.a[row * this.#k + r]!) >= 3) relevant++
    }
    return relevant / this.#k
  }

  state(): { readonly lastImpression: Int32Array } {
    return { lastImpression: this.#lastImpression.slice() }
  }

  restore(state: { readonly lastImpression: Int32Array }): void {
    this.#lastImpression.set(state.lastImpression)
  }
}

type RankedBy = 'a' | 'b' | 'untrained' | 'popularity' | 'staticBest' | 'oracle'

const rankedArms = [
  ['q', 'a'],
  ['explore', 'b'],
  ['untrained', 'untrained'],
  ['popularity', 'popularity'],
  ['staticBest', 'staticBest'],
  ['oracle', 'oracle'],
] as const

const gain = (grade: number, rank: number): number => (2 ** grade - 1) / Math.log2(rank + 2)

import type { ReplayBuffer } from '#core/agent/replayBuffer'
import type { ComputeOps } from '#core/compute/ops'
import { attraction, type Environment } from '#core/environment/environment'
import type { ExperimentSpec } from '#core/experimentSpec'
import type { StreamFactory } from '#core/random/philox'
import { itemValueRanker } from '#core/ranker/baselines'
import type { Ranker } from '#core/ranker/ranker'
import { outcomeCodes, type ImpressionChunk } from './batch.ts'
import { GradeMemory } from './gradeMemory.ts'
import type { ServedList } from './servedList.ts'
import type { SimulatedClicks } from './simulatedClicks.ts'
import { sideArms, type ArmId, type SideArm } from './summary.ts'
import { sideCount, type Tally } from './tally.ts'
import type { Schedule } from './traffic.ts'
import type { UserMemory } from './userMemory.ts'

/** Pooled credit of a round of impressions, of sides 0 and 1. */
export interface RoundCredit {
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
  readonly list: ServedList
  readonly untrained: Ranker
  readonly replay: ReplayBuffer | null // null when nobody learns from the traffic
  readonly tally: Tally
}

/** The most users that are scored in one call; results do not depend on it. */
const maxUsersPerCall = 64

/**
 * Serves requests of any design: candidates, scores of every side, the one list that is shown,
 * clicks, and the record of it all. Users of one call are distinct, so that no request waits for
 * another's clicks and a call of many is the same as many calls of one.
 */
export class Serving {
  readonly #deps: ServingDeps
  readonly #k: number
  readonly #pool: number
  readonly #states: Float32Array
  readonly #users: Int32Array
  readonly #pools: Int32Array
  readonly #safePools: Int32Array // padding replaced by row 0, which the masks take out again
  readonly #drawn: Int32Array
  readonly #scores: Float32Array
  /** Places in the pool of the best candidates: of each side, … */
  readonly #sides: readonly Ranked[]
  /** … and of the reference policies on the same requests. */
  readonly #references: readonly (Ranked & { readonly ranker: Ranker })[]
  readonly #oracle: Ranked
  readonly #lists: Int32Array[] // item ids of each side's list of the request at hand
  readonly #grades: Int8Array
  readonly #gradeMemory: GradeMemory
  readonly #attraction: Float64Array // by grade + 1
  readonly #gradeCounts = new Int32Array(6) // by grade + 1
  readonly #lastImpression: Int32Array // per user, −1 before the first
  readonly #usersPerCall: number

  constructor(deps: ServingDeps, usersPerCall = maxUsersPerCall) {
    const { spec, environment, memory, untrained } = deps
    const { popularity, staticValue } = environment.observed
    this.#deps = deps
    this.#usersPerCall = usersPerCall
    this.#pool = Math.min(spec.traffic.poolSize, environment.items)
    this.#k = Math.min(spec.traffic.listLength, this.#pool)
    const rows = usersPerCall
    this.#states = new Float32Array(rows * memory.stateWidth)
    this.#users = new Int32Array(rows)
    this.#pools = new Int32Array(rows * this.#pool)
    this.#safePools = new Int32Array(rows * this.#pool)
    this.#drawn = new Int32Array(rows)
    this.#scores = new Float32Array(rows * this.#pool)
    this.#grades = new Int8Array(rows * this.#pool)
    this.#gradeMemory = new GradeMemory(environment.truth, environment.items, this.#pool)
    this.#attraction = Float64Array.from([-1, 0, 1, 2, 3, 4], (grade) =>
      attraction(environment.truth, grade),
    )
    const ranked = (arm: ArmId | SideArm): Ranked => ({ arm, top: new Int32Array(rows * this.#k) })
    this.#sides = sideArms.slice(0, sideCount(spec)).map(ranked)
    this.#lists = this.#sides.map(() => new Int32Array(this.#k))
    this.#references = [
      { ...ranked('untrained'), ranker: untrained },
      { ...ranked('popularity'), ranker: itemValueRanker(popularity) },
      { ...ranked('staticBest'), ranker: itemValueRanker(staticValue) },
    ]
    this.#oracle = ranked('oracle')
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
   * The rankers of the sides stay the same throughout; the round's credit is added up in `credit`.
   */
  serve(
    from: number,
    count: number,
    rankers: readonly Ranker[],
    chunk: ImpressionChunk,
    credit: RoundCredit,
  ): void {
    for (let i = from; i < from + count;) {
      const rows = this.#distinctUsers(i, from + count)
      this.#prepare(i, rows)
      this.#rank(i, rows, rankers)
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
      this.#users[row] = user
      memory.writeState(user, this.#states, row * memory.stateWidth)
      const rng = stream('pool', first + row)
      const drawn = memory.drawPool(user, pool, rng, this.#pools, row * pool)
      this.#drawn[row] = drawn
      this.#gradeMemory.write(user, this.#pools, row * pool, drawn, this.#grades, row * pool)
    }
    for (let p = 0; p < rows * pool; p++) this.#safePools[p] = Math.max(0, this.#pools[p]!)
  }

  #rank(first: number, rows: number, rankers: readonly Ranker[]): void {
    let full = true
    for (let row = 0; row < rows; row++) full &&= this.#drawn[row] === this.#pool
    const states = this.#states.subarray(0, rows * this.#deps.memory.stateWidth)
    const pools = this.#safePools.subarray(0, rows * this.#pool)
    const scores = this.#scores.subarray(0, rows * this.#pool)
    const users = this.#users
    const requests = { first, rows, users, states, pools, poolSize: this.#pool }
    const best = (ranker: Ranker, ranked: Ranked) => {
      if (full && ranker.rank) {
        ranker.rank(requests, this.#k, ranked.top)
      } else {
        ranker.score(requests, scores)
        this.#top(ranked, rows)
      }
    }
    for (let side = 0; side < this.#sides.length; side++) best(rankers[side]!, this.#sides[side]!)
    for (const reference of this.#references) best(reference.ranker, reference)
    for (let p = 0; p < scores.length; p++) scores[p] = this.#attraction[this.#grades[p]! + 1]!
    this.#top(this.#oracle, rows)
  }

  #top({ top }: Ranked, rows: number): void {
    const pool = this.#pool
    for (let row = 0; row < rows; row++) {
      this.#scores.fill(-Infinity, row * pool + this.#drawn[row]!, (row + 1) * pool)
    }
    this.#deps.ops.topK(this.#scores.subarray(0, rows * pool), rows, pool, this.#k, top)
  }

  #show(impression: number, row: number, chunk: ImpressionChunk, credit: RoundCredit): void {
    const { schedule, stream, clicks, memory, replay, tally, list } = this.#deps
    const k = this.#k
    const user = schedule.user[impression]!
    const at = impression - chunk.from
    const base = at * k
    const length = Math.min(k, this.#drawn[row]!)
    const lists = this.#lists
    lists[0] = this.#writeList(0, row, length, chunk.listA, base)
    lists[1] = this.#writeList(1, row, length, chunk.listB, base)
    for (let side = 2; side < lists.length; side++) {
      lists[side] = this.#writeList(side, row, length, new Int32Array(k), 0)
    }

    const served = list.make(lists, length, user, stream('interleave', impression))
    const { items, teams, outcomes, votes } = list
    const shown = chunk.shown.subarray(base, base + k)
    shown.fill(-1)
    shown.set(items.subarray(0, served))
    chunk.team.fill(-1, base, base + k)
    chunk.team.set(teams.subarray(0, served), base)

    const expected = clicks.begin(served, (slot) => this.#attractionOf(row, length, items[slot]!))
    const clicked = chunk.clicked.subarray(base, base + k)
    clicks.draw(stream('click', impression), clicked)
    list.judge(clicked)

    chunk.user[at] = user
    chunk.seconds[at] = schedule.seconds[impression]!
    chunk.outcome[at] = outcomeCodes.indexOf(outcomes[0]!)
    chunk.vote[at] = votes[0]!

    const differentSlots = differentRanks(lists, length)
    credit.served++
    if (differentSlots > 0) credit.different++
    credit.a += list.credit[0]!
    credit.b += list.credit[1]!

    tally.addImpression({
      user,
      outcomes,
      votes,
      length,
      differentSlots,
      overlap: meanOverlap(lists, length),
      shown: items.subarray(0, served),
      teams: teams.subarray(0, served),
      clicked,
    })
    tally.arm('served').add(user, expected, served)
    for (const side of this.#sides) this.#addExpected(side, user, row, length)
    for (const reference of this.#references) this.#addExpected(reference, user, row, length)
    this.#addExpected(this.#oracle, user, row, length)
    tally.arm('random').add(user, this.#expectedOfPool(row, length), length)
    tally.addRelevance(user, this.#ndcg(row, length), this.#precision(row, length))

    const clickedItems: number[] = []
    for (let slot = 0; slot < served; slot++)
      if (clicked[slot] === 1) clickedItems.push(items[slot]!)
    const { stateWidth } = memory
    replay?.add(
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
    side: number,
    row: number,
    length: number,
    out: Int32Array,
    offset: number,
  ): Int32Array {
    const { top } = this.#sides[side]!
    out.fill(-1, offset, offset + this.#k)
    for (let r = 0; r < length; r++) {
      out[offset + r] = this.#pools[row * this.#pool + top[row * this.#k + r]!]!
    }
    return out.subarray(offset, offset + length)
  }

  /** Of a shown item, which is on the list of some side. */
  #attractionOf(row: number, length: number, item: number): number {
    for (let at = row * this.#k; at < row * this.#k + length; at++) {
      for (const { top } of this.#sides) {
        if (this.#pools[row * this.#pool + top[at]!] === item)
          return this.#attractionAt(row, top[at]!)
      }
    }
    throw new RangeError(`item ${item} is on no list`)
  }

  #attractionAt(row: number, position: number): number {
    return this.#attraction[this.#gradeAt(row, position) + 1]!
  }

  #gradeAt(row: number, position: number): number {
    return this.#grades[row * this.#pool + position]!
  }

  /** Adds the expected clicks on an arm's own list of this request. */
  #addExpected({ arm, top }: Ranked, user: number, row: number, length: number): void {
    const { clicks, tally } = this.#deps
    const expected = clicks.begin(length, (r) => this.#attractionAt(row, top[row * this.#k + r]!))
    tally.arm(arm).add(user, expected, length)
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
      reached += gain(Math.max(0, this.#gradeAt(row, this.#sides[0]!.top[row * this.#k + r]!)), r)
    }
    return reached / ideal
  }

  /** Share of L with grade 3 or 4, that is at least 3.5 of 5 stars. */
  #precision(row: number, length: number): number {
    let relevant = 0
    for (let r = 0; r < length; r++) {
      if (this.#gradeAt(row, this.#sides[0]!.top[row * this.#k + r]!) >= 3) relevant++
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

/** An arm with its list of every request of a call, as places in the pool, [rows × k]. */
interface Ranked {
  readonly arm: ArmId | SideArm
  readonly top: Int32Array
}

/** Mean share of list 0 that the others hold too; 1 for empty lists. */
function meanOverlap(lists: readonly Int32Array[], length: number): number {
  if (length === 0) return 1
  const [first] = lists
  let common = 0
  for (let side = 1; side < lists.length; side++) {
    for (let r = 0; r < length; r++) if (lists[side]!.includes(first![r]!)) common++
  }
  return common / length / (lists.length - 1)
}

/** Ranks at which not all lists hold the same item. */
function differentRanks(lists: readonly Int32Array[], length: number): number {
  const [first] = lists
  let different = 0
  for (let r = 0; r < length; r++) {
    for (let side = 1; side < lists.length; side++) {
      if (lists[side]![r] === first![r]) continue
      different++
      break
    }
  }
  return different
}

const gain = (grade: number, rank: number): number => (2 ** grade - 1) / Math.log2(rank + 2)

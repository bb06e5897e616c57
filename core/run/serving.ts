import { Activeness, type ActivenessState } from '#core/agent/activeness'
import type { Feedback } from '#core/agent/feedback'
import type { ComputeOps } from '#core/compute/ops'
import type { Environment } from '#core/environment/environment'
import type { Requests, Traffic } from '#core/environment/traffic'
import type { ExperimentSpec } from '#core/experimentSpec'
import type { StreamFactory } from '#core/random/philox'
import type { Ranker } from '#core/ranker/ranker'
import { outcomeCodes, type ImpressionChunk } from './batch.ts'
import type { Behaviour, BehaviourState } from './behaviour.ts'
import { exposureWindow } from './exposureFigures.ts'
import type { GreedyMf, GreedyMfState } from './greedyMf.ts'
import { differentRanks, meanOverlap } from './listDifference.ts'
import { RecentLists, type RecentListsState } from './recentLists.ts'
import { gainNdcg, gradedNdcg, precisionAt } from './relevance.ts'
import type { ServedList } from './servedList.ts'
import type { SimulatedClicks } from './simulatedClicks.ts'
import { sideArms, type ArmId, type ReferenceExposure, type SideArm } from './summary.ts'
import { sideCount, type Tally } from './tally.ts'

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
  readonly traffic: Traffic
  readonly stream: StreamFactory
  readonly ops: ComputeOps
  readonly clicks: SimulatedClicks
  readonly list: ServedList
  readonly untrained: Ranker
  readonly greedyMf: GreedyMf
  readonly behaviour: Behaviour
  /** Takes every shown list, in order. */
  readonly observe: (feedback: Feedback) => void
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
  readonly #requests: Requests
  readonly #states: Float32Array
  readonly #pools: Int32Array
  readonly #pairs: Float32Array
  readonly #safePools: Int32Array // padding replaced by row 0, which the masks take out again
  readonly #drawn: Int32Array
  readonly #scores: Float32Array
  /** Places in the pool of the best candidates: of each side, … */
  readonly #sides: readonly Ranked[]
  /** … and of the reference policies on the same requests. */
  readonly #references: readonly Reference[]
  readonly #oracle: Ranked
  readonly #places: Int32Array // of the shown items in the pool
  readonly #head: Int32Array // 0, 1, 2, …
  readonly #lists: Int32Array[] // item ids of each side's list of the request at hand
  readonly #attraction: Float64Array // of each candidate
  readonly #grades: Int8Array | null // of each candidate, where the world has grades
  readonly #recent: RecentLists
  readonly #activeness: Activeness
  readonly #lastImpression: Int32Array // per user, −1 before the first
  readonly #usersPerCall: number
  /** Impressions of the time before the run, which the indices of feedback go on from. */
  #logged = 0

  constructor(deps: ServingDeps, usersPerCall = maxUsersPerCall) {
    const { spec, environment, traffic, untrained, greedyMf } = deps
    this.#deps = deps
    this.#usersPerCall = usersPerCall
    this.#pool = Math.min(spec.traffic.poolSize, environment.items)
    this.#k = Math.min(spec.traffic.listLength, this.#pool)
    const rows = usersPerCall
    const candidates = rows * this.#pool
    this.#requests = { count: 0, user: new Int32Array(rows), seconds: new Float64Array(rows) }
    this.#states = new Float32Array(rows * traffic.stateWidth)
    this.#pools = new Int32Array(candidates)
    this.#pairs = new Float32Array(candidates * traffic.pairWidth)
    this.#safePools = new Int32Array(candidates)
    this.#drawn = new Int32Array(rows)
    this.#scores = new Float32Array(candidates)
    this.#attraction = new Float64Array(candidates)
    this.#grades = traffic.graded ? new Int8Array(candidates) : null
    if (deps.clicks.attraction && !this.#grades) {
      throw new RangeError(
        'click.kind is "graded", but the items of this world have no grades; choose another click model',
      )
    }
    this.#activeness = new Activeness(environment.users)
    const ranked = <A extends ArmId | SideArm>(arm: A): Ranked<A> => ({
      arm,
      top: new Int32Array(rows * this.#k),
    })
    this.#sides = sideArms.slice(0, sideCount(spec)).map((arm) => ranked(arm))
    this.#places = new Int32Array(this.#k)
    this.#head = Int32Array.from({ length: this.#k }, (_, r) => r)
    this.#lists = this.#sides.map(() => new Int32Array(this.#k))
    this.#references = [
      { ...ranked('untrained'), ranker: untrained },
      { ...ranked('greedyMf'), ranker: greedyMf },
      { ...ranked('popularity'), ranker: traffic.baselines.popularity },
      { ...ranked('staticBest'), ranker: traffic.baselines.staticBest },
    ]
    this.#oracle = ranked('oracle')
    this.#recent = new RecentLists(this.#k, exposureWindow(spec.traffic))
    this.#lastImpression = new Int32Array(environment.users).fill(-1)
  }

  get listLength(): number {
    return this.#k
  }

  get poolSize(): number {
    return this.#pool
  }

  /**
   * Serves impressions from `from` on into `chunk`, which starts at `chunk.from`: at most `count`, and
   * none at or after `until` once the first is served. The rankers of the sides stay the same
   * throughout; the round's credit is added up in `credit`.
   * @returns the impressions served; 0 when nobody comes any more
   */
  serve(
    from: number,
    count: number,
    rankers: readonly Ranker[],
    chunk: ImpressionChunk,
    credit: RoundCredit,
    until = Infinity,
  ): number {
    const { traffic } = this.#deps
    const requests = this.#requests
    let served = 0
    while (served < count && (served === 0 || traffic.nextSeconds() < until)) {
      traffic.next(Math.min(this.#usersPerCall, count - served), until, requests)
      if (requests.count === 0) break
      const first = from + served
      this.#prepare(first, requests.count)
      this.#rank(first, requests.count, rankers)
      for (let row = 0; row < requests.count; row++) this.#show(first + row, row, chunk, credit)
      served += requests.count
    }
    return served
  }

  /**
   * Serves the requests from before the run with random lists, for the line-up to observe. Nothing of
   * it is counted.
   * @returns the lists shown
   */
  playLog(): number {
    const { traffic, stream, clicks } = this.#deps
    const shown = new Int32Array(this.#k)
    const teams = new Int8Array(this.#k).fill(-1)
    const clicked = new Uint8Array(this.#k)
    while (traffic.nextSeconds() < traffic.startsAt) {
      traffic.next(1, traffic.startsAt, this.#requests)
      this.#prepare(0, 1)
      const served = Math.min(this.#k, this.#drawn[0]!)
      shown.fill(-1)
      // the pool is in random order
      shown.set(this.#pools.subarray(0, served))
      clicks.begin(served, (slot) => this.#attraction[slot]!)
      clicks.draw(stream('log click', this.#logged), clicked)
      this.#respond(0, 0, shown, served, teams, clicked)
      this.#logged++
    }
    return this.#logged
  }

  /**
   * What each would show a user who asked now, at `seconds`, as impression `impression`. Nothing is
   * shown and nothing counted.
   */
  ask(user: number, seconds: number, impression: number, rankers: readonly Ranker[]): Asked {
    this.#requests.user[0] = user
    this.#requests.seconds[0] = seconds
    this.#prepare(impression, 1)
    this.#rank(impression, 1, rankers)
    const length = Math.min(this.#k, this.#drawn[0]!)
    const list = ({ top }: Ranked) =>
      Array.from(top.subarray(0, length), (place) => this.#pools[place]!)
    return {
      candidates: this.#drawn[0]!,
      sides: this.#sides.map(list),
      references: this.#references.map((reference) => ({
        arm: reference.arm,
        items: list(reference),
      })),
      state: this.#states.slice(0, this.#deps.traffic.stateWidth),
    }
  }

  #prepare(first: number, rows: number): void {
    const { traffic } = this.#deps
    const { user: users, seconds: times } = this.#requests
    const pool = this.#pool
    const attraction = this.#attraction
    for (let row = 0; row < rows; row++) {
      const user = users[row]!
      const seconds = times[row]!
      const at = row * pool
      traffic.writeState(user, seconds, this.#states, row * traffic.stateWidth)
      const pairsAt = at * traffic.pairWidth
      const drawn = traffic.writePool(
        first + row + this.#logged,
        user,
        seconds,
        this.#pools,
        at,
        this.#pairs,
        pairsAt,
      )
      this.#drawn[row] = drawn
      traffic.writeTruth(user, seconds, this.#pools, at, drawn, attraction, this.#grades)
      this.#writeOwnAttraction(at, drawn)
    }
    for (let p = 0; p < rows * pool; p++) this.#safePools[p] = Math.max(0, this.#pools[p]!)
  }

  /** Users by grade have an attraction of their own in the place of the world's. */
  #writeOwnAttraction(from: number, count: number): void {
    const own = this.#deps.clicks.attraction
    if (!own) return
    for (let p = from; p < from + count; p++) this.#attraction[p] = own[this.#grades![p]! + 1]!
  }

  #rank(first: number, rows: number, rankers: readonly Ranker[]): void {
    let full = true
    for (let row = 0; row < rows; row++) full &&= this.#drawn[row] === this.#pool
    const { pairWidth, stateWidth } = this.#deps.traffic
    const candidates = rows * this.#pool
    const scores = this.#scores.subarray(0, candidates)
    const requests = {
      first,
      rows,
      users: this.#requests.user,
      seconds: this.#requests.seconds,
      states: this.#states.subarray(0, rows * stateWidth),
      pools: this.#safePools.subarray(0, candidates),
      poolSize: this.#pool,
      ...(pairWidth > 0
        ? { pairs: this.#pairs.subarray(0, candidates * pairWidth), pairWidth }
        : {}),
    }
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
    scores.set(this.#attraction.subarray(0, candidates))
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
    const { stream, clicks, tally, list, behaviour, traffic } = this.#deps
    const k = this.#k
    const user = this.#requests.user[row]!
    const seconds = this.#requests.seconds[row]!
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

    for (let slot = 0; slot < served; slot++) {
      this.#places[slot] = this.#placeOf(row, length, items[slot]!)
    }
    const expected = this.#begin(row, served, this.#places, 0)
    const clicked = chunk.clicked.subarray(base, base + k)
    clicks.draw(stream('click', impression), clicked)
    list.judge(clicked)

    chunk.user[at] = user
    chunk.seconds[at] = seconds
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
      balanced: list.isBalanced(),
      shown: items.subarray(0, served),
      teams: teams.subarray(0, served),
      clicked,
    })
    tally.arm('served').add(user, expected, served)
    for (const side of this.#sides) this.#addExpected(side, user, row, length)
    for (const reference of this.#references) this.#addExpected(reference, user, row, length)
    this.#addExpected(this.#oracle, user, row, length)
    tally.arm('random').add(user, this.#expectedOfPool(row, length), length)
    this.#keepReferences(row, length)
    this.#addRelevance(user, row, length)

    const teamsShown = chunk.team.subarray(base, base + k)
    for (let slot = 0; slot < served; slot++) {
      if (clicked[slot] !== 1) continue
      behaviour.click(user, items[slot]!, traffic.ageHours?.(items[slot]!, seconds) ?? null)
    }
    const last = this.#respond(impression, row, shown, served, teamsShown, clicked, lists)
    if (last) tally.closeUser(user)
    behaviour.request(user, seconds, this.#activeness.at(user, seconds))
  }

  /** Tells the traffic and the line-up. @returns whether the user is gone */
  #respond(
    impression: number,
    row: number,
    shown: Int32Array,
    served: number,
    teams: Int8Array,
    clicked: Uint8Array,
    lists?: readonly Int32Array[],
  ): boolean {
    const { traffic, observe, greedyMf } = this.#deps
    const { stateWidth, pairWidth } = traffic
    const user = this.#requests.user[row]!
    const seconds = this.#requests.seconds[row]!
    const last = traffic.respond(user, seconds, shown.subarray(0, served), clicked)
    greedyMf.observe(user, shown.subarray(0, served), clicked)
    if (last) greedyMf.forget(user)
    const index = this.#logged + impression
    observe({
      impression: index,
      previous: this.#lastImpression[user]!,
      user,
      seconds,
      state: this.#states.subarray(row * stateWidth, (row + 1) * stateWidth),
      pool: this.#pools.subarray(row * this.#pool, (row + 1) * this.#pool),
      pairs: this.#pairs.subarray(row * this.#pool * pairWidth, (row + 1) * this.#pool * pairWidth),
      shown,
      ...(lists ? { lists } : {}),
      teams,
      clicked,
      activeness: this.#activeness.request(user, seconds),
      last,
    })
    this.#lastImpression[user] = index
    return last
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

  /** Place in the pool of a shown item, which is on the list of some side. */
  #placeOf(row: number, length: number, item: number): number {
    for (let at = row * this.#k; at < row * this.#k + length; at++) {
      for (const { top } of this.#sides) {
        if (this.#pools[row * this.#pool + top[at]!] === item) return top[at]!
      }
    }
    throw new RangeError(`item ${item} is on no list`)
  }

  /** Expected clicks on the candidates at `places`, from `at` on. */
  #begin(row: number, length: number, places: Int32Array, at: number): number {
    return this.#deps.clicks.begin(
      length,
      (slot) => this.#attractionAt(row, places[at + slot]!),
      (slot) => this.#grades?.[row * this.#pool + places[at + slot]!] ?? -1,
    )
  }

  #attractionAt(row: number, position: number): number {
    return this.#attraction[row * this.#pool + position]!
  }

  /** Adds the expected clicks on an arm's own list of this request. */
  #addExpected({ arm, top }: Ranked, user: number, row: number, length: number): void {
    this.#deps.tally.arm(arm).add(user, this.#begin(row, length, top, row * this.#k), length)
  }

  #keepReferences(row: number, length: number): void {
    const recent = this.#recent
    const poolAt = row * this.#pool
    for (const { arm, top } of this.#references) {
      recent.keep(arm, this.#pools, poolAt, top, row * this.#k, length)
    }
    recent.keep('oracle', this.#pools, poolAt, this.#oracle.top, row * this.#k, length)
    recent.keep('random', this.#pools, poolAt, this.#head, 0, length)
    recent.next()
  }

  /** What the references would have shown of late. */
  get exposure(): ReferenceExposure {
    return { items: this.#deps.environment.items, ...this.#recent.figures() }
  }

  /** The pool is in random order, so its head is a random list. */
  #expectedOfPool(row: number, length: number): number {
    return this.#begin(row, length, this.#head, 0)
  }

  /** Relevance of L: by the grades of the pool, else by what attracts. */
  #addRelevance(user: number, row: number, length: number): void {
    const { tally } = this.#deps
    const from = row * this.#pool
    const of = ({ top }: Ranked) => top.subarray(row * this.#k, row * this.#k + length)
    const listed = of(this.#sides[0]!)
    if (this.#grades) {
      const grades = this.#grades.subarray(from, from + this.#drawn[row]!)
      tally.addRelevance(user, gradedNdcg(grades, listed), precisionAt(grades, listed, this.#k))
    } else {
      const attraction = this.#attraction.subarray(from, from + this.#pool)
      tally.addRelevance(user, gainNdcg(attraction, listed, of(this.#oracle)), Number.NaN)
    }
  }

  state(): ServingState {
    return {
      lastImpression: this.#lastImpression.slice(),
      activeness: this.#activeness.state(),
      logged: this.#logged,
      greedyMf: this.#deps.greedyMf.state(),
      behaviour: this.#deps.behaviour.state(),
      recent: this.#recent.state(),
    }
  }

  restore(state: ServingState): void {
    this.#lastImpression.set(state.lastImpression)
    this.#activeness.restore(state.activeness)
    this.#logged = state.logged
    this.#deps.greedyMf.restore(state.greedyMf)
    this.#recent.restore(state.recent)
  }
}

export interface ServingState {
  readonly lastImpression: Int32Array
  readonly activeness: ActivenessState
  readonly logged: number
  readonly greedyMf: GreedyMfState
  readonly behaviour: BehaviourState
  readonly recent: RecentListsState
}

/** Lists of items, best first, and the features that they were ranked by. */
export interface Asked {
  readonly candidates: number
  readonly sides: readonly (readonly number[])[] // A first
  readonly references: readonly {
    readonly arm: ArmId | SideArm
    readonly items: readonly number[]
  }[]
  readonly state: Float32Array // [stateWidth]
}

/** An arm with its list of every request of a call, as places in the pool, [rows × k]. */
interface Ranked<A = ArmId | SideArm> {
  readonly arm: A
  readonly top: Int32Array
}

interface Reference extends Ranked<'untrained' | 'greedyMf' | 'popularity' | 'staticBest'> {
  readonly ranker: Ranker
}

import type { Environment } from '#core/environment/environment'
import type { ExperimentSpec } from '#core/experimentSpec'
import type { Outcome } from '#core/interleaver/interleaver'
import { engines, type EngineId } from '#core/stats/engine/index'
import type { EngineState, SequentialEngine } from '#core/stats/engine/engine'
import { UserTally, type TallyState as UserTallyState } from '#core/stats/userTally'
import { ArmTally } from './arms.ts'
import type { UpdateEvent } from './batch.ts'
import { pointMetrics, type PointMetric } from './point.ts'
import { armIds, type ArmId } from './summary.ts'

/** One served list, as far as the statistics need it. Arrays are only valid during the call. */
export interface TalliedImpression {
  readonly user: number
  readonly outcome: Outcome
  readonly vote: number // NaN for a no-vote
  readonly overlap: number // |L ∩ L~| / k
  readonly length: number // of L
  readonly differentSlots: number // ranks at which L and L~ differ
  readonly shown: Int32Array
  readonly teams: Int8Array
  readonly clicked: Uint8Array
}

const noCounts = {
  impressions: 0,
  a: 0,
  b: 0,
  tie: 0,
  noVote: 0,
  identical: 0,
  clicks: 0,
  items: 0, // shown
  overlap: 0, // sum over impressions
  differentSlots: 0,
  slots: 0, // ranks of L, the denominator of the competitive share
  duplicates: 0, // items shown twice in one list
  users: 0, // closed
  usersVoting: 0,
  usersPreferA: 0, // closed users with more wins of A
  usersPreferB: 0,
  voteSquares: 0, // sum of squared vote values, for the spread of single votes
  scores: 0, // sum over closed users that voted
  duelsWon: 0,
  duelsLost: 0,
  duelsTied: 0,
  duelsVoid: 0,
  major: 0,
  guard: 0,
}
export type Counts = typeof noCounts

const noWindow = {
  lists: 0,
  items: 0,
  clicks: 0,
  overlap: 0,
  precision: 0,
  ndcg: 0,
  ndcgLists: 0,
}

/**
 * Sufficient statistics of a run, O(k) per impression and O(grid) per user that leaves: votes per
 * user (the unit of the verdict), every engine of sequential inference, the arms, and the counts
 * that health checks look at.
 */
export class Tally {
  readonly counts: Counts = { ...noCounts }
  readonly engines: ReadonlyMap<EngineId, SequentialEngine>
  /** Picks that a coin decided, by position and team, [k × 2], A first. */
  readonly #firstPicks: Float64Array
  /** [voted by A first, no-vote by A first, voted by B first, no-vote by B first] */
  readonly noVoteByFirst: Float64Array
  readonly exposures: Float64Array // [items]
  /** nDCG@k and precision@k of L per user; lists without a graded candidate have no nDCG. */
  readonly ndcg: PerUser
  readonly precision: PerUser
  /** Closed users at the first point whose locked interval excluded 0; −1 before. */
  decidedAtUser = -1
  readonly #arms: Readonly<Record<ArmId, ArmTally>>
  readonly #roundSize: number
  readonly #locked: EngineId
  #users: UserTally
  #window = { ...noWindow }

  constructor(spec: ExperimentSpec, environment: Environment, k: number, state?: TallyState) {
    const { users, items } = environment
    this.#locked = spec.analysis.engine
    const plan = { alpha: spec.analysis.errorRate, horizon: Math.min(spec.traffic.users, users) }
    this.engines = new Map(
      engineIds.map((id) => [id, engines[id].create(plan, state?.engines[id])]),
    )
    this.#users = new UserTally(state?.users ?? users)
    this.#roundSize = picksPerCoin(spec)
    this.#firstPicks = state?.firstPicks.slice() ?? new Float64Array(2 * k)
    this.noVoteByFirst = state?.noVoteByFirst.slice() ?? new Float64Array(4)
    this.exposures = state?.exposures.slice() ?? new Float64Array(items)
    this.ndcg = perUser(users, state?.ndcg)
    this.precision = perUser(users, state?.precision)
    const arm = (id: ArmId) => [id, new ArmTally(id, users, state?.arms[id])] as const
    this.#arms = Object.fromEntries(armIds.map(arm)) as Record<ArmId, ArmTally>
    if (state) {
      Object.assign(this.counts, state.counts)
      this.decidedAtUser = state.decidedAtUser
    }
  }

  arm(id: ArmId): ArmTally {
    return this.#arms[id]
  }

  get lockedEngine(): SequentialEngine {
    return this.engines.get(this.#locked)!
  }

  get users(): UserTally {
    return this.#users
  }

  addImpression(impression: TalliedImpression): void {
    const { user, outcome, vote, shown, teams, clicked } = impression
    const { counts } = this
    counts.impressions++
    counts[outcome]++
    counts.overlap += impression.overlap
    counts.differentSlots += impression.differentSlots
    counts.slots += impression.length
    if (impression.differentSlots === 0) counts.identical++
    if (outcome !== 'noVote') counts.voteSquares += vote * vote
    this.#users.add(user, outcome, outcome === 'noVote' ? null : vote)
    let picks = 0
    for (let slot = 0; slot < shown.length; slot++) {
      const item = shown[slot]!
      this.exposures[item]!++
      if (clicked[slot] === 1) counts.clicks++
      if (shown.indexOf(item) < slot) counts.duplicates++
      const team = teams[slot]!
      if (team >= 0 && picks++ % this.#roundSize === 0) this.#firstPicks[2 * slot + team]!++
    }
    counts.items += shown.length
    const first = teams[0]
    if (first === 0 || first === 1) {
      this.noVoteByFirst[2 * first + (outcome === 'noVote' ? 1 : 0)]!++
    }
    const window = this.#window
    window.lists++
    window.items += shown.length
    window.overlap += impression.overlap
    for (const click of clicked) window.clicks += click
  }

  /** Quality of L on one request; `ndcg` is NaN when no candidate is graded. */
  addRelevance(user: number, ndcg: number, precision: number): void {
    this.#window.precision += precision
    this.precision.sum[user]! += precision
    this.precision.n[user]!++
    if (Number.isNaN(ndcg)) return
    this.#window.ndcg += ndcg
    this.#window.ndcgLists++
    this.ndcg.sum[user]! += ndcg
    this.ndcg.n[user]!++
  }

  /** The user's last impression has been judged: the score enters, once, in this order. */
  closeUser(user: number): void {
    const { counts } = this
    const score = this.#users.close(user)
    counts.users++
    if (score === null) return
    const { winsA, winsB } = this.#users.votes(user)
    counts.usersVoting++
    counts.scores += score
    if (winsA > winsB) counts.usersPreferA++
    if (winsB > winsA) counts.usersPreferB++
    // the beta-binomial engine is exact for signs only; ties drop out of it
    const sign = (Math.sign(winsA - winsB) + 1) / 2
    for (const [id, engine] of this.engines) engine.add(id === 'betaBinomial' ? sign : score)
  }

  addUpdate(kind: UpdateEvent['kind'], result: UpdateEvent['result']): void {
    const { counts } = this
    if (kind === 'major') counts.major++
    else if (kind === 'guard') counts.guard++
    else if (result === 'applied') counts.duelsWon++
    else if (result === 'refused') counts.duelsLost++
    else if (result === 'tie') counts.duelsTied++
    else counts.duelsVoid++
  }

  /** Enrolment is over: tests with a fixed horizon take their look. */
  finish(): void {
    for (const engine of this.engines.values()) engine.finish()
  }

  /** The point of the window since the last call, by `pointMetrics`. */
  point(facts: PointFacts): Float64Array {
    const { counts } = this
    const interval = this.lockedEngine.interval()
    if (this.decidedAtUser < 0 && interval && (interval.low > 0.5 || interval.high < 0.5)) {
      this.decidedAtUser = counts.users
    }
    const window = this.#window
    this.#window = { ...noWindow }
    const rate = (id: ArmId) => this.#arms[id].closeWindow()
    const values: Record<PointMetric, number> = {
      ...facts,
      impressions: counts.impressions,
      users: counts.users,
      winsA: counts.a,
      winsB: counts.b,
      ties: counts.tie,
      noVotes: counts.noVote,
      identical: counts.identical,
      delta: counts.scores / counts.usersVoting - 0.5,
      low: (interval?.low ?? Number.NaN) - 0.5,
      high: (interval?.high ?? Number.NaN) - 0.5,
      logE: this.lockedEngine.logE() ?? Number.NaN,
      ctr: window.clicks / window.items,
      ctrA: rate('q'),
      ctrB: rate('explore'),
      ctrServed: rate('served'),
      ctrRandom: rate('random'),
      ctrPopularity: rate('popularity'),
      ctrStatic: rate('staticBest'),
      ctrUntrained: rate('untrained'),
      ctrOracle: rate('oracle'),
      ndcgA: window.ndcg / window.ndcgLists,
      precisionA: window.precision / window.lists,
      overlap: window.overlap / window.lists,
      duelsWon: counts.duelsWon,
      duelsLost: counts.duelsLost,
      duelsTied: counts.duelsTied,
      duelsVoid: counts.duelsVoid,
      majorUpdates: counts.major,
      explorationCost: this.explorationCost(),
      effectiveItems: this.effectiveItems(),
    }
    return Float64Array.from(pointMetrics, (name) => values[name])
  }

  /** Picks that a coin decided, [A, B] per position. */
  firstPicks(): [number, number][] {
    return Array.from({ length: this.#firstPicks.length / 2 }, (_, slot) => [
      this.#firstPicks[2 * slot]!,
      this.#firstPicks[2 * slot + 1]!,
    ])
  }

  /** Expected clicks on L less those on the lists served instead, so far. */
  explorationCost(): number {
    return total(this.#arms.q.clicks) - total(this.#arms.served.clicks)
  }

  /** exp(entropy) of the shares of exposure: how many items it amounts to; NaN before the first. */
  effectiveItems(): number {
    const { items } = this.counts
    let entropy = 0
    for (const n of this.exposures) if (n > 0) entropy -= (n / items) * Math.log(n / items)
    return items > 0 ? Math.exp(entropy) : Number.NaN
  }

  /** Between two points the open window is not part of it: checkpoints are taken at points. */
  state(): TallyState {
    return {
      counts: { ...this.counts },
      decidedAtUser: this.decidedAtUser,
      engines: Object.fromEntries([...this.engines].map(([id, engine]) => [id, engine.state()])),
      users: this.#users.state(),
      firstPicks: this.#firstPicks.slice(),
      noVoteByFirst: this.noVoteByFirst.slice(),
      exposures: this.exposures.slice(),
      ndcg: perUser(0, this.ndcg),
      precision: perUser(0, this.precision),
      arms: Object.fromEntries(
        armIds.map((id) => [id, this.#arms[id].state()]),
      ) as TallyState['arms'],
    }
  }
}

/** What the tally does not know of itself. */
export interface PointFacts {
  readonly seconds: number
  readonly loss: number
  readonly normRatio: number
}

export interface TallyState {
  readonly counts: Counts
  readonly decidedAtUser: number
  readonly engines: Readonly<Partial<Record<EngineId, EngineState>>>
  readonly users: UserTallyState
  readonly firstPicks: Float64Array
  readonly noVoteByFirst: Float64Array
  readonly exposures: Float64Array
  readonly ndcg: PerUser
  readonly precision: PerUser
  readonly arms: Readonly<Record<ArmId, ReturnType<ArmTally['state']>>>
}

/** Sums per user, so that means can be clustered. */
export interface PerUser {
  readonly sum: Float64Array // [users]
  readonly n: Float64Array // [users]
}

/** A copy of `from`, or zeros. */
const perUser = (users: number, from?: PerUser): PerUser => ({
  sum: from?.sum.slice() ?? new Float64Array(users),
  n: from?.n.slice() ?? new Float64Array(users),
})

/** In a round of two the second pick follows from the first and is no coin of its own. */
function picksPerCoin({ interleaver }: ExperimentSpec): number {
  return interleaver.kind === 'probabilistic' && interleaver.sampling === 'replace' ? 1 : 2
}

const engineIds = Object.keys(engines) as EngineId[]

function total(values: Float64Array): number {
  let sum = 0
  for (const value of values) sum += value
  return sum
}

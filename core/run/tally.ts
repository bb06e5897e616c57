import type { Environment } from '#core/environment/environment'
import { roundOf } from '#core/explorer/index'
import type { ExperimentSpec } from '#core/experimentSpec'
import type { Outcome } from '#core/interleaver/interleaver'
import { ArmClicks, type ArmClicksState } from './armClicks.ts'
import { ArmTally, type ArmState } from './arms.ts'
import type { UpdateEvent } from './batch.ts'
import type { Comparison } from './comparison.ts'
import { FreePicks, pickRule } from './freePicks.ts'
import { measureOf } from './measure.ts'
import { challengerColumns, pointMetrics, type PointMetric } from './point.ts'
import { sideArms, type ArmId, type SideArm } from './summary.ts'
import {
  noVotes,
  VoteTally,
  type ComparisonPlan,
  type VoteCounts,
  type VoteTallyState,
} from './voteTally.ts'

/** One served list, as far as the statistics need it. Arrays are only valid during the call. */
export interface TalliedImpression {
  readonly user: number
  readonly outcomes: readonly Outcome[] // one per challenger
  readonly votes: Float64Array // one per challenger, NaN for a no-vote
  readonly overlap: number // mean |L ∩ L~| / k over the challengers' lists
  readonly length: number // of the sides' lists
  readonly differentSlots: number // ranks at which not all lists agree
  readonly balanced: boolean // whether the law of the list favours nobody
  readonly shown: Int32Array
  readonly teams: Int8Array
  readonly clicked: Uint8Array
}

type AnyArm = ArmId | SideArm

/** Sides that are compared: Q and Q~, or the rankers of the spec. */
export const sideCount = ({ design, rankers, explorer }: ExperimentSpec): number =>
  design === 'explore' ? roundOf(explorer).sides : rankers.length

const noCounts = {
  impressions: 0,
  identical: 0,
  clicks: 0,
  items: 0, // shown
  overlap: 0, // sum over impressions
  differentSlots: 0,
  slots: 0, // ranks of L, the denominator of the competitive share
  duplicates: 0, // items shown twice in one list
  unbalanced: 0, // lists whose law favours a ranker
  users: 0, // closed
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
 * Sufficient statistics of a run, O(k) per impression and O(grid) per user that leaves: votes or
 * clicks per user (the unit of the verdict), every engine of sequential inference, the arms, and the
 * counts that health checks look at.
 */
export class Tally {
  readonly counts: Counts
  /** Votes of each challenger against side 0; all no-votes in a split. */
  readonly votes: readonly VoteTally[]
  /** Clicks by arm, in a split only. */
  readonly split: ArmClicks | null
  /** What the verdict and the family are about, one per challenger. */
  readonly comparisons: readonly Comparison[]
  /** [voted by A first, no-vote by A first, voted by B first, no-vote by B first, …] */
  readonly noVoteByFirst: Float64Array
  readonly exposures: Float64Array // [items]
  /** nDCG@k and precision@k of L per user; lists without a graded candidate have no nDCG. */
  readonly ndcg: PerUser
  readonly precision: PerUser
  /** Closed users at the first point whose locked interval excluded 0; −1 before. */
  decidedAtUser = -1
  readonly #arms: ReadonlyMap<AnyArm, ArmTally>
  readonly #sides: number
  readonly #picks: FreePicks
  #window = { ...noWindow }

  /** @param armOf arm of each user of the world, in a split */
  constructor(
    spec: ExperimentSpec,
    environment: Environment,
    k: number,
    armOf: Uint8Array | null,
    state?: TallyState,
  ) {
    const { users, items } = environment
    const sides = sideCount(spec)
    this.#sides = sides
    const rule = spec.design === 'explore' ? 'everySlot' : pickRule(spec.interleaver, sides)
    this.#picks = new FreePicks(rule, sides, k, state?.slotTeams)
    const plan: ComparisonPlan = {
      locked: spec.analysis.engine,
      alpha: spec.analysis.errorRate,
      horizon: Math.min(spec.traffic.users, users),
      measure: measureOf(spec),
    }
    const saved = state && votesIn(state)
    this.votes = Array.from({ length: sides - 1 }, (_, i) => new VoteTally(plan, users, saved?.[i]))
    this.split = armOf && new ArmClicks(plan, armOf, sides, k, state?.split)
    this.comparisons = this.split?.comparisons ?? this.votes
    this.noVoteByFirst = state?.noVoteByFirst.slice() ?? new Float64Array(2 * sides)
    this.exposures = state?.exposures.slice() ?? new Float64Array(items)
    this.ndcg = perUser(users, state?.ndcg)
    this.precision = perUser(users, state?.precision)
    this.#arms = new Map(armsOf(sides).map((id) => [id, new ArmTally(id, users, state?.arms[id])]))
    this.counts = pick(state?.counts ?? noCounts, noCounts)
    if (state) this.decidedAtUser = state.decidedAtUser
  }

  arm(id: AnyArm): ArmTally {
    return this.#arms.get(id)!
  }

  /** In the order of the summary. */
  get arms(): readonly ArmTally[] {
    return [...this.#arms.values()]
  }

  addImpression(impression: TalliedImpression): void {
    const { user, outcomes, shown, teams, clicked } = impression
    const { counts } = this
    counts.impressions++
    counts.overlap += impression.overlap
    counts.differentSlots += impression.differentSlots
    counts.slots += impression.length
    if (impression.differentSlots === 0) counts.identical++
    if (!impression.balanced) counts.unbalanced++
    for (let i = 0; i < this.votes.length; i++) {
      this.votes[i]!.add(user, outcomes[i]!, impression.votes[i]!)
    }
    let clicks = 0
    for (let slot = 0; slot < shown.length; slot++) {
      const item = shown[slot]!
      this.exposures[item]!++
      if (clicked[slot] === 1) clicks++
      if (shown.indexOf(item) < slot) counts.duplicates++
    }
    this.#picks.add(teams)
    counts.clicks += clicks
    counts.items += shown.length
    this.split?.add(user, clicks)
    const first = teams[0]
    if (first !== undefined && first >= 0) {
      this.noVoteByFirst[2 * first + (outcomes[0] === 'noVote' ? 1 : 0)]!++
    }
    const window = this.#window
    window.lists++
    window.items += shown.length
    window.overlap += impression.overlap
    window.clicks += clicks
  }

  /** Quality of L on one request; NaN when no candidate, or nothing in the world, is graded. */
  addRelevance(user: number, ndcg: number, precision: number): void {
    this.#window.precision += precision
    if (!Number.isNaN(precision)) {
      this.precision.sum[user]! += precision
      this.precision.n[user]!++
    }
    if (Number.isNaN(ndcg)) return
    this.#window.ndcg += ndcg
    this.#window.ndcgLists++
    this.ndcg.sum[user]! += ndcg
    this.ndcg.n[user]!++
  }

  /** The user's last impression has been judged: the score enters, once, in this order. */
  closeUser(user: number): void {
    this.counts.users++
    for (const votes of this.votes) votes.closeUser(user)
    this.split?.closeUser(user)
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
    for (const votes of this.votes) votes.finish()
    this.split?.finish()
  }

  /** The point of the window since the last call, by `pointMetrics`. */
  point(facts: PointFacts): Float64Array {
    const { counts } = this
    const votes = this.votes[0]!.counts
    const comparison = this.comparisons[0]!
    const interval = comparison.interval()
    if (this.decidedAtUser < 0 && interval && (interval.low > 0 || interval.high < 0)) {
      this.decidedAtUser = counts.users
    }
    const window = this.#window
    this.#window = { ...noWindow }
    const rate = (id: ArmId) => this.arm(id).closeWindow()
    const values: Partial<Record<PointMetric, number>> = {
      ...facts,
      ...challengerColumns(this.comparisons),
      impressions: counts.impressions,
      users: counts.users,
      winsA: votes.a,
      winsB: votes.b,
      ties: votes.tie,
      noVotes: votes.noVote,
      identical: counts.identical,
      logE: comparison.logE() ?? Number.NaN,
      ctr: window.clicks / window.items,
      ctrA: rate('q'),
      ctrB: rate('explore'),
      ctrServed: rate('served'),
      ctrRandom: rate('random'),
      ctrPopularity: rate('popularity'),
      ctrStatic: rate('staticBest'),
      ctrGreedyMf: rate('greedyMf'),
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
    for (const arm of this.#arms.values()) arm.closeWindow() // those that have no curve
    return Float64Array.from(pointMetrics, (name) => values[name] ?? Number.NaN)
  }

  /** Picks that the draw decided freely: per position, one count per side. */
  freePicks(): number[][] {
    return this.#picks.table()
  }

  /** [voted, no-vote] per side that picked first. */
  votedByFirst(): number[][] {
    return Array.from({ length: this.#sides }, (_, side) => [
      this.noVoteByFirst[2 * side]!,
      this.noVoteByFirst[2 * side + 1]!,
    ])
  }

  /** Expected clicks on L less those on the lists served instead, so far. */
  explorationCost(): number {
    return total(this.arm('q').clicks) - total(this.arm('served').clicks)
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
    const [first, ...challengers] = this.votes.map((votes) => votes.state())
    return {
      counts: { ...this.counts, ...first!.counts },
      decidedAtUser: this.decidedAtUser,
      ...(first!.beyondBound === undefined ? {} : { beyondBound: first!.beyondBound }),
      engines: first!.engines,
      users: first!.users,
      ...(challengers.length > 0 ? { challengers } : {}),
      ...(this.split ? { split: this.split.state() } : {}),
      slotTeams: this.#picks.counts.slice(),
      noVoteByFirst: this.noVoteByFirst.slice(),
      exposures: this.exposures.slice(),
      ndcg: perUser(0, this.ndcg),
      precision: perUser(0, this.precision),
      arms: Object.fromEntries([...this.#arms].map(([id, arm]) => [id, arm.state()])),
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
  /** The run's and, beside them, the first challenger's. */
  readonly counts: Counts & VoteCounts
  readonly decidedAtUser: number
  readonly beyondBound?: number // of the first challenger
  readonly engines: VoteTallyState['engines'] // of the first challenger
  readonly users: VoteTallyState['users'] // of the first challenger
  readonly challengers?: readonly VoteTallyState[] // the others
  readonly split?: ArmClicksState
  readonly slotTeams: Float64Array
  readonly noVoteByFirst: Float64Array
  readonly exposures: Float64Array
  readonly ndcg: PerUser
  readonly precision: PerUser
  readonly arms: Readonly<Partial<Record<AnyArm, ArmState>>>
}

const votesIn = (state: TallyState): VoteTallyState[] => {
  const { counts, beyondBound, engines, users, challengers = [] } = state
  return [
    { counts: pick(counts, noVotes), beyondBound: beyondBound ?? 0, engines, users },
    ...challengers,
  ]
}

/** The fields of `from` that `like` has. */
function pick<T extends Readonly<Record<string, number>>>(from: T, like: T): T {
  return Object.fromEntries(Object.keys(like).map((name) => [name, from[name]])) as T
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

const armsOf = (sides: number): readonly AnyArm[] => [
  'served',
  ...sideArms.slice(0, sides),
  ...referenceArms,
]

const referenceArms = [
  'random',
  'popularity',
  'staticBest',
  'greedyMf',
  'untrained',
  'oracle',
] as const

function total(values: Float64Array): number {
  let sum = 0
  for (const value of values) sum += value
  return sum
}

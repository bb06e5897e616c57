import type { Outcome } from '#core/interleaver/interleaver'
import { boundedScore } from '#core/stats/boundedScore'
import type { EngineState, SequentialEngine } from '#core/stats/engine/engine'
import { engines, type EngineId } from '#core/stats/engine/index'
import { moved, type Interval } from '#core/stats/interval'
import { UserTally, type TallyState as UserTallyState } from '#core/stats/userTally'
import type { Comparison } from './comparison.ts'
import { ofVotes, type Measure } from './measure.ts'
import type { Estimate } from './summary.ts'

/** What every comparison of a run shares. */
export interface ComparisonPlan {
  readonly locked: EngineId
  readonly alpha: number
  readonly horizon: number // users
  /** Votes in [0, 1] when left out. */
  readonly measure?: Measure
}

export const noVotes = {
  a: 0,
  b: 0,
  tie: 0,
  noVote: 0,
  usersVoting: 0, // closed with at least one vote
  usersPreferA: 0, // closed users with more wins of A
  usersPreferB: 0,
  voteSquares: 0, // sum of squared vote values, for the spread of single votes
  scores: 0, // sum over closed users that voted
}
export type VoteCounts = typeof noVotes

/** The votes of one challenger against side 0: per user, and what every engine makes of them. */
export class VoteTally implements Comparison {
  readonly counts: VoteCounts
  readonly votes: UserTally
  /** Closed users whose |mean score| exceeds the locked bound: the run is invalid. */
  beyondBound: number
  readonly measure: Measure
  readonly #locked: EngineId
  readonly #engines: ReadonlyMap<EngineId, SequentialEngine>

  /** @param users users of the world */
  constructor(plan: ComparisonPlan, users: number, state?: VoteTallyState) {
    this.counts = { ...(state?.counts ?? noVotes) }
    this.beyondBound = state?.beyondBound ?? 0
    const { measure = ofVotes } = plan
    this.measure = measure
    this.#locked = plan.locked
    const { centre, range } = measure
    this.#engines = new Map(
      measure.engines.map((id) => [
        id,
        // the betting engine averages x = ½ + δ/(2M)
        engines[id].create(
          id === 'betting' ? plan : { ...plan, centre, range },
          state?.engines[id],
        ),
      ]),
    )
    this.votes = new UserTally(state?.users ?? users, range)
  }

  /** @param vote a vote in [0, 1], or a score; ignored for a no-vote */
  add(user: number, outcome: Outcome, vote: number): void {
    this.counts[outcome]++
    if (outcome !== 'noVote') this.counts.voteSquares += vote * vote
    this.votes.add(user, outcome, outcome === 'noVote' ? null : vote)
  }

  /** The user's last impression has been judged: the score enters, once, in this order. */
  closeUser(user: number): void {
    const { counts } = this
    const score = this.votes.close(user)
    if (score === null) return
    const { winsA, winsB } = this.votes.votes(user)
    counts.usersVoting++
    counts.scores += score
    if (winsA > winsB) counts.usersPreferA++
    if (winsB > winsA) counts.usersPreferB++
    // the beta-binomial engine is exact for signs only; ties drop out of it
    const sign = (Math.sign(winsA - winsB) + 1) / 2
    for (const [id, engine] of this.#engines) {
      if (id === 'betaBinomial') engine.add(sign)
      else if (id === 'betting') this.#bet(engine, score)
      else engine.add(score)
    }
  }

  #bet(engine: SequentialEngine, score: number): void {
    const { bound } = this.measure
    const x = bound === null ? score : boundedScore(score, bound)
    if (x === null) this.beyondBound++
    else engine.add(x)
  }

  /** Enrolment is over: tests with a fixed horizon take their look. */
  finish(): void {
    for (const engine of this.#engines.values()) engine.finish()
  }

  get users(): number {
    return this.counts.usersVoting
  }

  get engines(): readonly EngineId[] {
    return this.measure.engines
  }

  get widest(): number {
    return (this.measure.range.high - this.measure.range.low) / 2
  }

  delta(): number | null {
    const { scores, usersVoting } = this.counts
    return usersVoting > 0 ? scores / usersVoting - this.measure.centre : null
  }

  interval(): Interval | null {
    return this.#intervalBy(this.#locked)
  }

  /** Of Δ; null where the engine has none, which includes one without ends. */
  #intervalBy(id: EngineId): Interval | null {
    const interval = this.#engines.get(id)?.interval() ?? null
    if (interval === null || !Number.isFinite(interval.high - interval.low)) return null
    const { centre, bound } = this.measure
    const isScaled = id === 'betting' && bound !== null
    return isScaled ? moved(interval, 0.5, 2 * bound) : moved(interval, centre)
  }

  estimate(id: EngineId): Estimate {
    const n = this.#engines.get(id)?.n ?? 0
    if (n === 0) return { value: null, low: null, high: null, n, reason: 'noVotes' }
    // the beta-binomial engine estimates the share of users on A's side, the others the mean score
    const value = id === 'betaBinomial' ? this.#signShare() : this.delta()
    const interval = this.#intervalBy(id)
    if (!interval) return { value, low: null, high: null, n, reason: 'notEstimable' }
    return { value, ...interval, n }
  }

  #signShare(): number | null {
    const { usersPreferA, usersPreferB } = this.counts
    const decisive = usersPreferA + usersPreferB
    return decisive > 0 ? usersPreferA / decisive - 0.5 : null
  }

  logE(): number | null {
    return this.#engines.get(this.#locked)!.logE()
  }

  pValue(): number | null {
    return this.#engines.get(this.#locked)!.pValue()
  }

  state(): VoteTallyState {
    return {
      counts: { ...this.counts },
      ...(this.measure.bound === null ? {} : { beyondBound: this.beyondBound }),
      engines: Object.fromEntries([...this.#engines].map(([id, engine]) => [id, engine.state()])),
      users: this.votes.state(),
    }
  }
}

export interface VoteTallyState {
  readonly counts: VoteCounts
  readonly beyondBound?: number // absent where votes have a bound
  readonly engines: Readonly<Partial<Record<EngineId, EngineState>>>
  readonly users: UserTallyState
}

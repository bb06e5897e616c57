import type { Outcome } from '#core/interleaver/interleaver'
import type { EngineState, SequentialEngine } from '#core/stats/engine/engine'
import { engines, type EngineId } from '#core/stats/engine/index'
import { toDelta, type Interval } from '#core/stats/interval'
import { UserTally, type TallyState as UserTallyState } from '#core/stats/userTally'
import type { Comparison } from './comparison.ts'
import type { Estimate } from './summary.ts'

/** What every comparison of a run shares. */
export interface ComparisonPlan {
  readonly locked: EngineId
  readonly alpha: number
  readonly horizon: number // users
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
  readonly #locked: EngineId
  readonly #engines: ReadonlyMap<EngineId, SequentialEngine>

  /** @param users users of the world */
  constructor(plan: ComparisonPlan, users: number, state?: VoteTallyState) {
    this.counts = { ...(state?.counts ?? noVotes) }
    this.#locked = plan.locked
    this.#engines = new Map(
      engineIds.map((id) => [id, engines[id].create(plan, state?.engines[id])]),
    )
    this.votes = new UserTally(state?.users ?? users)
  }

  /** @param vote in [0, 1]; ignored for a no-vote */
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
    for (const [id, engine] of this.#engines) engine.add(id === 'betaBinomial' ? sign : score)
  }

  /** Enrolment is over: tests with a fixed horizon take their look. */
  finish(): void {
    for (const engine of this.#engines.values()) engine.finish()
  }

  get users(): number {
    return this.counts.usersVoting
  }

  get engines(): readonly EngineId[] {
    return engineIds
  }

  delta(): number | null {
    const { scores, usersVoting } = this.counts
    return usersVoting > 0 ? scores / usersVoting - 0.5 : null
  }

  interval(): Interval | null {
    const interval = this.#engines.get(this.#locked)!.interval()
    return interval && toDelta(interval)
  }

  estimate(id: EngineId): Estimate {
    const engine = this.#engines.get(id)!
    const interval = engine.interval()
    const n = engine.n
    if (n === 0) return { value: null, low: null, high: null, n, reason: 'noVotes' }
    // the beta-binomial engine estimates the share of users on A's side, the others the mean score
    const value = id === 'betaBinomial' ? this.#signShare() : this.counts.scores / n - 0.5
    if (!interval) return { value, low: null, high: null, n, reason: 'notEstimable' }
    return { value, ...toDelta(interval), n }
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
      engines: Object.fromEntries([...this.#engines].map(([id, engine]) => [id, engine.state()])),
      users: this.votes.state(),
    }
  }
}

export interface VoteTallyState {
  readonly counts: VoteCounts
  readonly engines: Readonly<Partial<Record<EngineId, EngineState>>>
  readonly users: UserTallyState
}

const engineIds = Object.keys(engines) as EngineId[]

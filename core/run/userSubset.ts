import { engines, type EngineId } from '#core/stats/engine/index'
import { moved } from '#core/stats/interval'
import type { FamilyMember } from '#core/stats/correction'
import type { Estimate } from './summary.ts'

/** One user that has left, as the engines take it; users stand in the order in which they left. */
export interface ClosedUser {
  /** Mean vote in [0, 1]; NaN without one. */
  readonly vote: number
  /** 1 with more wins of A, 0 with more of B, ½ with as many. */
  readonly sign: number
}

/** The locked engine on some of the users of a run, at an error rate of its own. */
export class UserSubset {
  readonly #kind: EngineId
  readonly #engine: ReturnType<(typeof engines)[EngineId]['create']>
  #sum = 0
  #wins = 0
  #decisive = 0

  /** @param horizon users that the subset can have at most, known before the first of them */
  constructor(kind: EngineId, alpha: number, horizon: number) {
    this.#kind = kind
    this.#engine = engines[kind].create({ alpha, horizon: Math.max(2, horizon) })
  }

  /** Takes the next user that has left; one without a vote is no part of it. */
  add({ vote, sign }: ClosedUser): void {
    if (Number.isNaN(vote)) return
    this.#sum += vote
    if (sign !== 0.5) {
      this.#decisive++
      this.#wins += sign
    }
    // the beta-binomial engine takes signs; ties drop out of it
    this.#engine.add(this.#kind === 'betaBinomial' ? sign : vote)
  }

  /** Nobody else comes: a test with a fixed horizon takes its look. */
  finish(): void {
    this.#engine.finish()
  }

  /** Δ of these users. */
  estimate(): Estimate {
    const { n } = this.#engine
    if (n === 0) return { value: null, low: null, high: null, n, reason: 'noVotes' }
    const value = this.#value(n)
    const interval = this.#engine.interval()
    if (!interval || value === null) {
      return { value, low: null, high: null, n, reason: 'notEstimable' }
    }
    return { value, ...moved(interval, 0.5), n }
  }

  #value(n: number): number | null {
    if (this.#kind !== 'betaBinomial') return this.#sum / n - 0.5
    return this.#decisive > 0 ? this.#wins / this.#decisive - 0.5 : null
  }

  /** Evidence against Δ = 0. */
  evidence(): FamilyMember {
    return { logE: this.#engine.logE(), p: this.#engine.pValue() }
  }
}

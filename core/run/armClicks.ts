import { ArmDifference } from '#core/stats/armDifference'
import type { EngineState } from '#core/stats/engine/engine'
import type { EngineId } from '#core/stats/engine/index'
import type { Interval } from '#core/stats/interval'
import { noMoments, withValue, type Moments } from '#core/stats/moments'
import { welch, type WelchTest } from '#core/stats/welch'
import type { Comparison } from './comparison.ts'
import type { Estimate } from './summary.ts'
import type { ComparisonPlan } from './voteTally.ts'

/**
 * The classic A/B test: clicks per list of every user, who belongs to one arm, and the moments of
 * each arm's users.
 */
export class ArmClicks {
  readonly comparisons: readonly ArmComparison[]
  readonly #armOf: Uint8Array // [users]
  readonly #clicks: Float64Array // [users]
  readonly #lists: Int32Array // [users]
  readonly #moments: Moments[] // [arms]

  /**
   * @param armOf arm of each user of the world
   * @param arms at least 2
   * @param listLength the most clicks of one list
   */
  constructor(
    plan: ComparisonPlan,
    armOf: Uint8Array,
    arms: number,
    listLength: number,
    state?: ArmClicksState,
  ) {
    this.#armOf = armOf
    this.#clicks = state?.clicks.slice() ?? new Float64Array(armOf.length)
    this.#lists = state?.lists.slice() ?? new Int32Array(armOf.length)
    this.#moments = state ? [...state.moments] : Array.from({ length: arms }, () => noMoments)
    const pair = { ...plan, horizon: Math.max(2, Math.round((2 * plan.horizon) / arms)) }
    this.comparisons = Array.from(
      { length: arms - 1 },
      (_, i) => new ArmComparison(pair, listLength, i + 1, this.#moments, state?.comparisons[i]),
    )
  }

  add(user: number, clicks: number): void {
    this.#clicks[user]! += clicks
    this.#lists[user]!++
  }

  /** The user's last list has been shown: the score enters, once, in this order. */
  closeUser(user: number): void {
    const arm = this.#armOf[user]!
    this.#moments[arm] = withValue(this.#moments[arm]!, this.#clicks[user]! / this.#lists[user]!)
    for (const comparison of this.comparisons) {
      if (arm === 0 || arm === comparison.arm) comparison.look()
    }
  }

  finish(): void {
    for (const comparison of this.comparisons) comparison.finish()
  }

  /** Of the closed users, by arm. */
  get moments(): readonly Moments[] {
    return this.#moments
  }

  /** Users that have been shown at least one list, by arm. */
  entered(): number[] {
    const counts = this.#moments.map(() => 0)
    this.#armOf.forEach((arm, user) => {
      if (this.#lists[user]! > 0) counts[arm]!++
    })
    return counts
  }

  state(): ArmClicksState {
    return {
      clicks: this.#clicks.slice(),
      lists: this.#lists.slice(),
      moments: [...this.#moments],
      comparisons: this.comparisons.map((comparison) => comparison.state()),
    }
  }
}

export interface ArmClicksState {
  readonly clicks: Float64Array
  readonly lists: Int32Array
  readonly moments: readonly Moments[]
  readonly comparisons: readonly EngineState[]
}

const splitEngines = ['asymptotic', 'fixedUserT'] as const satisfies readonly EngineId[]

/** Arm 0 against one other; Δ is the difference of their users' mean clicks per list. */
class ArmComparison implements Comparison {
  readonly arm: number
  readonly engines = splitEngines
  readonly #plan: ComparisonPlan
  readonly #bound: number
  readonly #moments: readonly Moments[]
  readonly #sequence: ArmDifference
  #finished: boolean

  constructor(
    plan: ComparisonPlan,
    bound: number,
    arm: number,
    moments: readonly Moments[],
    state?: EngineState,
  ) {
    this.#plan = plan
    this.#bound = bound
    this.arm = arm
    this.#moments = moments
    this.#sequence = new ArmDifference(plan.alpha, plan.horizon, bound, state)
    this.#finished = false
  }

  look(): void {
    this.#sequence.look(this.#moments[0]!, this.#moments[this.arm]!)
  }

  finish(): void {
    this.#finished = true
  }

  get users(): number {
    return this.#moments[0]!.n + this.#moments[this.arm]!.n
  }

  get widest(): number {
    return this.#bound
  }

  delta(): number | null {
    const [a, b] = [this.#moments[0]!, this.#moments[this.arm]!]
    return a.n > 0 && b.n > 0 ? a.mean - b.mean : null
  }

  interval(): Interval | null {
    return this.#intervalBy(this.#plan.locked)
  }

  estimate(engine: EngineId): Estimate {
    const value = this.delta()
    const n = this.users
    if (value === null) return { value, low: null, high: null, n, reason: 'noData' }
    const interval = this.#intervalBy(engine)
    if (!interval) return { value, low: null, high: null, n, reason: 'notEstimable' }
    return { value, ...interval, n }
  }

  /** Welch's test has one look, at the end; until then it excludes nothing. */
  #intervalBy(engine: EngineId): Interval | null {
    if (engine === 'asymptotic') return this.#sequence.interval()
    if (!this.#finished) return { low: -this.#bound, high: this.#bound }
    return this.#welch()?.interval ?? null
  }

  #welch(): WelchTest | null {
    return welch(this.#moments[0]!, this.#moments[this.arm]!, this.#plan.alpha)
  }

  logE(): number | null {
    return this.#plan.locked === 'asymptotic' ? this.#sequence.logE() : null
  }

  pValue(): number | null {
    if (this.#plan.locked === 'fixedUserT') {
      return this.#finished ? (this.#welch()?.p ?? null) : null
    }
    const logE = this.#sequence.logE()
    return logE === null ? null : Math.min(1, Math.exp(-logE))
  }

  state(): EngineState {
    return this.#sequence.state()
  }
}

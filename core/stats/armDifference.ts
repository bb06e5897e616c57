import { asymptoticHalfWidth, asymptoticRho } from './asymptoticSequence.ts'
import { numberIn, type EngineState } from './engine/engine.ts'
import { narrow, type Interval } from './interval.ts'
import { isNegligible } from './meanTest.ts'
import type { Moments } from './moments.ts'

/** Users of each arm before which the central limit is not trusted and nothing is excluded. */
const fewestPerArm = 50

/**
 * Asymptotic confidence sequence for the difference of two arms' means, users being assigned at
 * random. A user's part in the difference has the variance n·(s_a²/n_a + s_b²/n_b), n = n_a + n_b,
 * and the sequence is that of a mean of such parts, intersected over all looks.
 *
 * Source: Waudby-Smith, Arbour, Sinha, Kennedy & Ramdas, "Time-uniform central limit theory and
 * asymptotic confidence sequences", Annals of Statistics 52(6), 2024, §3 (randomised experiments,
 * each arm's own mean as the regression).
 */
export class ArmDifference {
  readonly #alpha: number
  readonly #rho: number
  #ends: Interval
  #logE: number | null = null

  /**
   * @param alpha error rate in (0, 1)
   * @param horizon users of both arms at which it is tightest
   * @param bound largest possible |difference|
   */
  constructor(alpha: number, horizon: number, bound: number, state: EngineState = {}) {
    this.#alpha = alpha
    this.#rho = asymptoticRho(alpha, horizon)
    this.#ends = { low: numberIn(state, 'low', -bound), high: numberIn(state, 'high', bound) }
    const logE = numberIn(state, 'logE', Number.NaN)
    this.#logE = Number.isNaN(logE) ? null : logE
  }

  /** One more user has entered one of the arms. */
  look(a: Moments, b: Moments): void {
    if (a.n < fewestPerArm || b.n < fewestPerArm) return
    const n = a.n + b.n
    const perUser = (arm: Moments) => arm.squares / (arm.n - 1) / arm.n
    const sd = Math.sqrt(n * (perUser(a) + perUser(b)))
    if (isNegligible(sd, a.mean, b.mean)) return
    const difference = a.mean - b.mean
    const half = asymptoticHalfWidth(sd, n, this.#alpha, this.#rho)
    this.#ends = narrow(this.#ends, { low: difference - half, high: difference + half })
    const v = n * this.#rho ** 2
    const z = (difference * Math.sqrt(n)) / sd
    this.#logE = ((v / (v + 1)) * z ** 2 - Math.log1p(v)) / 2
  }

  interval(): Interval {
    return this.#ends
  }

  /** ln e-value against a difference of 0, at the last look; null before the first. */
  logE(): number | null {
    return this.#logE
  }

  state(): EngineState {
    return { ...this.#ends, logE: this.#logE ?? Number.NaN }
  }
}

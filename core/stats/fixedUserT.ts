import { numberIn, type EngineState, type SequentialEngine } from './engine/engine.ts'
import { clipTo, unitInterval, type Interval } from './interval.ts'
import { noMoments, sampleSd, withValue, type Moments } from './moments.ts'
import { studentInverse, studentTwoSided } from './special.ts'

/**
 * Student's t on users' scores with one look, at the locked horizon or when enrolment ends before
 * it. Until then nothing is excluded; users after the look do not change it.
 */
export class FixedUserT implements SequentialEngine {
  readonly #alpha: number
  readonly #horizon: number
  readonly #range: Interval
  readonly #centre: number
  #moments: Moments
  #looked: boolean
  #n: number

  /**
   * @param alpha error rate in (0, 1)
   * @param horizon number of users at the look, at least 2
   * @param range what the mean can be
   * @param centre the mean under the null hypothesis
   */
  constructor(
    alpha: number,
    horizon: number,
    state: EngineState = {},
    range: Interval = unitInterval,
    centre = 0.5,
  ) {
    this.#alpha = alpha
    this.#horizon = horizon
    this.#range = range
    this.#centre = centre
    this.#moments = {
      n: numberIn(state, 'used', noMoments.n),
      mean: numberIn(state, 'mean', noMoments.mean),
      squares: numberIn(state, 'squares', noMoments.squares),
    }
    this.#looked = numberIn(state, 'looked', 0) === 1
    this.#n = numberIn(state, 'n', 0)
  }

  get n(): number {
    return this.#n
  }

  /** @throws RangeError for a score that is not a finite number */
  add(x: number): void {
    if (!Number.isFinite(x)) throw new RangeError(`score ${x} is not a finite number`)
    this.#n++
    if (this.#looked) return
    this.#moments = withValue(this.#moments, x)
    if (this.#moments.n >= this.#horizon) this.finish()
  }

  finish(): void {
    this.#looked = true
  }

  /** The whole range before the look; null when the look has fewer than two users or no variance. */
  interval(): Interval | null {
    if (!this.#looked) return this.#range
    const se = this.#standardError()
    if (se === null) return null
    const half = studentInverse(1 - this.#alpha / 2, this.#moments.n - 1) * se
    const { mean } = this.#moments
    return clipTo(this.#range, { low: mean - half, high: mean + half })
  }

  logE(): null {
    return null
  }

  pValue(): number | null {
    const se = this.#standardError()
    if (!this.#looked || se === null) return null
    return studentTwoSided((this.#moments.mean - this.#centre) / se, this.#moments.n - 1)
  }

  state(): EngineState {
    const { n, mean, squares } = this.#moments
    return { n: this.#n, used: n, mean, squares, looked: this.#looked ? 1 : 0 }
  }

  #standardError(): number | null {
    const sd = sampleSd(this.#moments, this.#centre)
    return sd === null ? null : sd / Math.sqrt(this.#moments.n)
  }
}

import { numberIn, type EngineState, type SequentialEngine } from './engine/engine.ts'
import { narrow, unitInterval, type Interval } from './interval.ts'
import { noMoments, sampleSd, withValue, type Moments } from './moments.ts'

/** Before this many users the central limit is not trusted and nothing is excluded. */
export const asymptoticMinimum = 50

/** ρ at which the sequence is tightest after `horizon` users. */
export function asymptoticRho(alpha: number, horizon: number): number {
  const l = -2 * Math.log(alpha)
  return Math.sqrt((l + Math.log(1 + l)) / horizon)
}

/**
 * Half-width s·√(2(nρ² + 1)/(n²ρ²)·ln(√(nρ² + 1)/α)) of the asymptotic confidence sequence.
 *
 * Source: Waudby-Smith, Arbour, Sinha, Kennedy & Ramdas, "Time-uniform central limit theory and
 * asymptotic confidence sequences", Annals of Statistics 52(6), 2024, Theorem 2.2.
 * @param sd sample standard deviation s
 */
export function asymptoticHalfWidth(sd: number, n: number, alpha: number, rho: number): number {
  const v = n * rho * rho
  return sd * Math.sqrt(((2 * (v + 1)) / (n * v)) * Math.log(Math.sqrt(v + 1) / alpha))
}

/**
 * Asymptotic confidence sequence for a mean, also of unbounded scores. The interval is the
 * intersection over all n from 50 on; its e-value is that of the same Gaussian mixture and holds
 * only asymptotically too.
 */
export class AsymptoticSequence implements SequentialEngine {
  readonly #alpha: number
  readonly #rho: number
  readonly #centre: number
  #moments: Moments
  #maximum: number
  #ends: Interval

  /**
   * @param alpha error rate in (0, 1)
   * @param horizon users at which it is tightest
   * @param range what the mean can be, and the mean under the null hypothesis
   */
  constructor(
    alpha: number,
    horizon: number,
    state: EngineState = {},
    range: Interval = unitInterval,
    centre = 0.5,
  ) {
    this.#alpha = alpha
    this.#rho = asymptoticRho(alpha, horizon)
    this.#centre = centre
    this.#moments = {
      n: numberIn(state, 'n', noMoments.n),
      mean: numberIn(state, 'mean', noMoments.mean),
      squares: numberIn(state, 'squares', noMoments.squares),
    }
    this.#maximum = numberIn(state, 'maximum', 0)
    this.#ends = {
      low: numberIn(state, 'low', range.low),
      high: numberIn(state, 'high', range.high),
    }
  }

  get n(): number {
    return this.#moments.n
  }

  /** @throws RangeError for a score that is not a finite number */
  add(x: number): void {
    if (!Number.isFinite(x)) throw new RangeError(`score ${x} is not a finite number`)
    this.#moments = withValue(this.#moments, x)
    const sd = this.#sd()
    if (this.n < asymptoticMinimum || sd === null) return
    const half = asymptoticHalfWidth(sd, this.n, this.#alpha, this.#rho)
    const { mean } = this.#moments
    this.#ends = narrow(this.#ends, { low: mean - half, high: mean + half })
    this.#maximum = Math.max(this.#maximum, this.logE() ?? 0)
  }

  /** Nothing: the horizon only tunes the sequence. */
  finish(): void {
    return
  }

  /** Null while no two scores differ: the standard error of a constant says nothing. */
  interval(): Interval | null {
    return this.#sd() === null ? null : this.#ends
  }

  logE(): number | null {
    const sd = this.#sd()
    if (this.n < asymptoticMinimum || sd === null) return null
    const { n, mean } = this.#moments
    const v = n * this.#rho * this.#rho
    const z = ((mean - this.#centre) * Math.sqrt(n)) / sd
    return ((v / (v + 1)) * z * z - Math.log1p(v)) / 2
  }

  pValue(): number | null {
    return this.logE() === null ? null : Math.exp(-this.#maximum)
  }

  state(): EngineState {
    return { ...this.#moments, maximum: this.#maximum, low: this.#ends.low, high: this.#ends.high }
  }

  #sd(): number | null {
    return sampleSd(this.#moments, this.#centre)
  }
}

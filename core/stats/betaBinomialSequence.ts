import { betaBinomialInterval, lnBetaBinomial } from './betaBinomial.ts'
import { numberIn, type EngineState, type SequentialEngine } from './engine/engine.ts'
import { narrow, type Interval } from './interval.ts'

/**
 * Beta-binomial confidence sequence for the share of users who prefer A among those who prefer
 * either: a score counts by its side of ½, and a score of exactly ½ is dropped, so that the law is
 * exactly Bernoulli. The interval is the intersection over all n so far.
 *
 * Source: see `lnBetaBinomial`.
 */
export class BetaBinomialSequence implements SequentialEngine {
  readonly #alpha: number
  readonly #prior: readonly [number, number]
  #n: number
  #decisive: number
  #wins: number
  #maximum: number
  #ends: Interval

  /**
   * @param alpha error rate in (0, 1)
   * @param prior Beta(a, b) mixture: (1, 1) is spread out, (50, 50) has more power near ½
   */
  constructor(alpha: number, prior: readonly [number, number] = [1, 1], state: EngineState = {}) {
    this.#alpha = alpha
    this.#prior = prior
    this.#n = numberIn(state, 'n', 0)
    this.#decisive = numberIn(state, 'decisive', 0)
    this.#wins = numberIn(state, 'wins', 0)
    this.#maximum = numberIn(state, 'maximum', 0)
    this.#ends = { low: numberIn(state, 'low', 0), high: numberIn(state, 'high', 1) }
  }

  get n(): number {
    return this.#n
  }

  /** @throws RangeError for a score outside [0, 1] */
  add(x: number): void {
    if (!(x >= 0 && x <= 1)) throw new RangeError(`score ${x} is not in [0, 1]`)
    this.#n++
    if (x === 0.5) return
    this.#decisive++
    if (x > 0.5) this.#wins++
    this.#maximum = Math.max(this.#maximum, this.logE())
    if (this.#refutes(this.#ends.low) || this.#refutes(this.#ends.high)) {
      const now = betaBinomialInterval(this.#wins, this.#decisive, this.#alpha, this.#prior)
      this.#ends = narrow(this.#ends, now)
    }
  }

  /** Nothing: the sequence needs no horizon. */
  finish(): void {
    return
  }

  interval(): Interval {
    return this.#ends
  }

  logE(): number {
    return this.#decisive === 0 ? 0 : this.#lnE(0.5)
  }

  pValue(): number {
    return Math.exp(-this.#maximum)
  }

  state(): EngineState {
    return {
      n: this.#n,
      decisive: this.#decisive,
      wins: this.#wins,
      maximum: this.#maximum,
      low: this.#ends.low,
      high: this.#ends.high,
    }
  }

  #lnE(p: number): number {
    return lnBetaBinomial(this.#wins, this.#decisive, p, this.#prior)
  }

  /** Whether an end is outside the set of this moment; at 0 and 1 ln E is +∞ or the end stays. */
  #refutes(p: number): boolean {
    return this.#lnE(p) >= -Math.log(this.#alpha)
  }
}

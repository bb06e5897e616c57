import { BettingHistory } from './bettingHistory.ts'
import { highEnd, lowEnd } from './bettingInterval.ts'
import { lnFactorAbove, lnFactorBelow, PredictableBet } from './bettingProcess.ts'
import { columnIn, numberIn, type EngineState, type SequentialEngine } from './engine/engine.ts'
import { narrow, type Interval } from './interval.ts'
import { reach, WealthNear } from './wealthNear.ts'

/** From so many scores on the ends are found from sums: by then their moves are far below `reach`. */
const manyScores = 16_384

/**
 * Betting confidence sequence for the mean of scores in [0, 1], and the e-process against mean ½.
 * Both may be looked at after every score. The interval is the intersection over all n so far: a
 * mean that was once refuted stays refuted, whether or not somebody looked at that moment, so that
 * the result depends on the scores alone.
 *
 * A score costs O(1) (the wealth at ½ and at the two ends). When an end moves all scores are asked, about
 * 0.1 s in all for 10⁴ users; beyond `manyScores` only sums over them are, until the end has moved far.
 *
 * Source: Waudby-Smith & Ramdas, JRSS-B 86(1), 2024 (hedged capital process, predictable plug-in).
 */
export class BettingSequence implements SequentialEngine {
  readonly #limit: number
  readonly #many: number
  readonly #bet: PredictableBet
  readonly #history: BettingHistory
  #lnAboveHalf: number
  #lnBelowHalf: number
  #maximum: number // of ln E over all n, from ln E_0 = 0
  #ends: Interval
  #lnAboveAtLow: number
  #lnBelowAtHigh: number
  /** Around the ends, the upper one mirrored: 1 − x around 1 − high. */
  #nearLow: WealthNear | null
  #nearHigh: WealthNear | null

  /** @param alpha error rate in (0, 1); @param many scores from which on sums are asked */
  constructor(alpha: number, state: EngineState = {}, many = manyScores) {
    this.#limit = Math.log(2 / alpha)
    this.#many = many
    this.#history = new BettingHistory(columnIn(state, 'scores'), columnIn(state, 'bets'))
    this.#bet = new PredictableBet(alpha, {
      n: this.#history.n,
      sum: numberIn(state, 'sum', 0),
      squares: numberIn(state, 'squares', 0),
    })
    this.#lnAboveHalf = numberIn(state, 'lnAboveHalf', 0)
    this.#lnBelowHalf = numberIn(state, 'lnBelowHalf', 0)
    this.#maximum = numberIn(state, 'maximum', 0)
    this.#ends = { low: numberIn(state, 'low', 0), high: numberIn(state, 'high', 1) }
    this.#lnAboveAtLow = numberIn(state, 'lnAboveAtLow', 0)
    this.#lnBelowAtHigh = numberIn(state, 'lnBelowAtHigh', 0)
    const [low, high] = [columnIn(state, 'nearLow'), columnIn(state, 'nearHigh')]
    this.#nearLow = low.length > 0 ? WealthNear.from(low, this.#history, false) : null
    this.#nearHigh = high.length > 0 ? WealthNear.from(high, this.#history, true) : null
  }

  get n(): number {
    return this.#history.n
  }

  /**
   * @param x score in [0, 1]
   * @throws RangeError for a score outside [0, 1]: clipping it would change the estimand
   */
  add(x: number): void {
    if (!(x >= 0 && x <= 1)) throw new RangeError(`score ${x} is not in [0, 1]`)
    const lambda = this.#bet.next()
    this.#bet.add(x)
    this.#history.add(x, lambda)
    this.#lnAboveHalf += lnFactorAbove(x, 0.5, lambda)
    this.#lnBelowHalf += lnFactorBelow(x, 0.5, lambda)
    this.#maximum = Math.max(this.#maximum, this.logE())
    this.#lnAboveAtLow += lnFactorAbove(x, this.#ends.low, lambda)
    this.#lnBelowAtHigh += lnFactorBelow(x, this.#ends.high, lambda)
    this.#nearLow?.add(x, lambda)
    this.#nearHigh?.add(1 - x, lambda)
    if (this.#lnAboveAtLow >= this.#limit) this.#raiseLow()
    if (this.#lnBelowAtHigh >= this.#limit) this.#lowerHigh()
  }

  #raiseLow(): void {
    const from = this.#ends.low
    if (this.n < this.#many) {
      const low = lowEnd(this.#history, this.#limit, from)
      this.#ends = narrow(this.#ends, { low, high: 1 })
      this.#lnAboveAtLow = this.#history.above(this.#ends.low).ln
      return
    }
    this.#nearLow = this.#around(this.#nearLow, from, false)
    const low = this.#nearLow.fall(this.#limit, from)
    this.#ends = narrow(this.#ends, { low, high: 1 })
    this.#lnAboveAtLow = this.#nearLow.at(this.#ends.low).ln
  }

  #lowerHigh(): void {
    const from = this.#ends.high
    if (this.n < this.#many) {
      const high = highEnd(this.#history, this.#limit, from)
      this.#ends = narrow(this.#ends, { low: 0, high })
      this.#lnBelowAtHigh = this.#history.below(this.#ends.high).ln
      return
    }
    this.#nearHigh = this.#around(this.#nearHigh, 1 - from, true)
    const high = 1 - this.#nearHigh.fall(this.#limit, 1 - from)
    this.#ends = narrow(this.#ends, { low: 0, high })
    this.#lnBelowAtHigh = this.#nearHigh.at(1 - this.#ends.high).ln
  }

  /** The sums that are there, or new ones where the end has left their reach. */
  #around(near: WealthNear | null, end: number, isMirrored: boolean): WealthNear {
    if (near && end - near.centre < reach / 2) return near
    return WealthNear.around(end, this.#history, isMirrored)
  }

  /** Nothing: the sequence needs no horizon. */
  finish(): void {
    return
  }

  interval(): Interval {
    return this.#ends
  }

  /** ln of the hedged wealth max(½K⁺, ½K⁻) at m = ½. */
  logE(): number {
    return this.n === 0 ? 0 : Math.max(this.#lnAboveHalf, this.#lnBelowHalf) - Math.LN2
  }

  pValue(): number {
    return Math.exp(-this.#maximum)
  }

  /** ln K⁺ and ln K⁻ at m = ½, the two sides of the hedge. */
  sides(): { readonly lnAbove: number; readonly lnBelow: number } {
    return { lnAbove: this.#lnAboveHalf, lnBelow: this.#lnBelowHalf }
  }

  state(): EngineState {
    const { sum, squares } = this.#bet.state()
    return {
      scores: this.#history.scores(),
      bets: this.#history.bets(),
      sum,
      squares,
      lnAboveHalf: this.#lnAboveHalf,
      lnBelowHalf: this.#lnBelowHalf,
      maximum: this.#maximum,
      low: this.#ends.low,
      high: this.#ends.high,
      lnAboveAtLow: this.#lnAboveAtLow,
      lnBelowAtHigh: this.#lnBelowAtHigh,
      ...(this.#nearLow && { nearLow: this.#nearLow.state() }),
      ...(this.#nearHigh && { nearHigh: this.#nearHigh.state() }),
    }
  }
}

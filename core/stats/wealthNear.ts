import type { BettingHistory, Wealth } from './bettingHistory.ts'
import { lnFactorAbove, slopeAbove } from './bettingProcess.ts'

/** How far from the centre the series holds to the last digit: its fifth terms are below 1e−15 there. */
export const reach = 1e-3

/** From this bet on the cap ½/m can bind at some m ≤ 1. Such bets are made on the first scores only. */
const boldBet = 0.5

/**
 * ln K⁺ around a mean c, from sums over the scores, so that a score costs O(1) and so does the wealth at
 * any m near c: ln(1 + λ(x − m)) = ln(1 + λ(x − c)) − Σ_k (hr)^k/k with h = m − c and
 * r = λ/(1 + λ(x − c)) < 1. Bold bets, whose cap depends on m, are kept apart and taken exactly.
 * For K⁻ it is made of 1 − x around 1 − c.
 */
export class WealthNear {
  readonly centre: number
  readonly #sums: Float64Array // ln, Σr, Σr², Σr³, Σr⁴
  readonly #bold: { readonly x: number; readonly lambda: number }[] = []

  private constructor(centre: number, sums = new Float64Array(5)) {
    this.centre = centre
    this.#sums = sums
  }

  static around(centre: number, history: BettingHistory, isMirrored: boolean): WealthNear {
    const near = new WealthNear(centre)
    history.each((x, lambda) => near.add(isMirrored ? 1 - x : x, lambda))
    return near
  }

  /** As `state` was, bit for bit. @param history what had been added */
  static from(state: Float64Array, history: BettingHistory, isMirrored: boolean): WealthNear {
    const near = new WealthNear(state[0]!, state.slice(1))
    history.each((x, lambda) => {
      if (lambda >= boldBet) near.#bold.push({ x: isMirrored ? 1 - x : x, lambda })
    })
    return near
  }

  add(x: number, lambda: number): void {
    if (lambda >= boldBet) {
      this.#bold.push({ x, lambda })
      return
    }
    const sums = this.#sums
    const gain = lambda * (x - this.centre)
    const r = lambda / (1 + gain)
    sums[0]! += Math.log1p(gain)
    sums[1]! += r
    sums[2]! += r * r
    sums[3]! += r * r * r
    sums[4]! += r * r * r * r
  }

  /** ln K⁺(m), which falls with m, and its derivative. @param m within `reach` of the centre */
  at(m: number): Wealth {
    const [sum = 0, r1 = 0, r2 = 0, r3 = 0, r4 = 0] = this.#sums
    const h = m - this.centre
    let ln = sum - h * (r1 + h * (r2 / 2 + h * (r3 / 3 + (h * r4) / 4)))
    let slope = -(r1 + h * (r2 + h * (r3 + h * r4)))
    for (const { x, lambda } of this.#bold) {
      ln += lnFactorAbove(x, m, lambda)
      slope += slopeAbove(x, m, lambda)
    }
    return { ln, slope }
  }

  /** The m ≥ `from` at which ln K⁺ falls to `limit`; Newton's steps are enough, as it is concave. */
  fall(limit: number, from: number): number {
    let m = from
    for (let i = 0; i < 8; i++) {
      const { ln, slope } = this.at(m)
      const step = (limit - ln) / slope
      m += step
      if (Math.abs(step) < 1e-15) break
    }
    return Math.max(from, m)
  }

  state(): Float64Array {
    return Float64Array.of(this.centre, ...this.#sums)
  }
}

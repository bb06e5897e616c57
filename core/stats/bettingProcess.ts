/** Bets never stake more than half of what they could lose: c of Waudby-Smith & Ramdas. */
const maximalStake = 0.5

/**
 * The predictable bet before score t = n + 1: λ_t = √(2 ln(2/α) / (v_{t−1}·t·ln(1 + t))), with the
 * regularised mean and variance μ_t = (½ + Σx)/(t + 1), v_t = (¼ + Σ(x_i − μ_i)²)/(t + 1).
 *
 * Source: Waudby-Smith & Ramdas, "Estimating means of bounded random variables by betting",
 * JRSS-B 86(1), 2024 (predictable plug-in of the hedged capital process).
 */
export class PredictableBet {
  readonly #stake: number
  #n: number
  #sum: number
  #squares: number

  /** @param alpha error rate in (0, 1) */
  constructor(alpha: number, state: BetState = { n: 0, sum: 0, squares: 0 }) {
    this.#stake = 2 * Math.log(2 / alpha)
    this.#n = state.n
    this.#sum = state.sum
    this.#squares = state.squares
  }

  /** λ for the next score; depends on earlier scores only. */
  next(): number {
    const t = this.#n + 1
    const variance = (0.25 + this.#squares) / t
    return Math.sqrt(this.#stake / (variance * t * Math.log(1 + t)))
  }

  /** Learns the score that was bet on. */
  add(x: number): void {
    this.#n++
    this.#sum += x
    const deviation = x - (0.5 + this.#sum) / (this.#n + 1)
    this.#squares += deviation * deviation
  }

  state(): BetState {
    return { n: this.#n, sum: this.#sum, squares: this.#squares }
  }
}

export interface BetState {
  readonly n: number
  readonly sum: number
  readonly squares: number
}

/** The factor that one score brings to K⁺(m), the wealth of betting on a mean above m. */
export const factorAbove = (x: number, m: number, lambda: number): number =>
  1 + Math.min(lambda, maximalStake / m) * (x - m)

export const lnFactorAbove = (x: number, m: number, lambda: number): number =>
  Math.log1p(Math.min(lambda, maximalStake / m) * (x - m))

/** Derivative of `lnFactorAbove` with respect to m; never positive. */
export function slopeAbove(x: number, m: number, lambda: number): number {
  return lambda * m < maximalStake
    ? -lambda / (1 + lambda * (x - m))
    : (-maximalStake * x) / (m * m * (1 - maximalStake + (maximalStake * x) / m))
}

/** The factor that one score brings to K⁻(m), the wealth of betting on a mean below m. */
export const factorBelow = (x: number, m: number, lambda: number): number =>
  1 - Math.min(lambda, maximalStake / (1 - m)) * (x - m)

export const lnFactorBelow = (x: number, m: number, lambda: number): number =>
  Math.log1p(-Math.min(lambda, maximalStake / (1 - m)) * (x - m))

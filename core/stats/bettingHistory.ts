import { factorAbove, factorBelow, slopeAbove } from './bettingProcess.ts'

/** Logarithm of a wealth, and how it changes with the mean m that is bet against. */
export interface Wealth {
  readonly ln: number
  readonly slope: number
}

/**
 * Factors that are multiplied before a logarithm is taken, which takes longer than all of them: each
 * is at least ½ and at most 1 + λ_1 < 9, so that no product leaves the range of numbers.
 */
const factorsPerLog = 64

/**
 * The scores and the bets made on them: all that the wealth at any mean m depends on. K⁺(m) falls
 * and K⁻(m) rises with m, because every factor does, so that {m : max(½K⁺, ½K⁻) < 1/α} is an
 * interval with one crossing at each end.
 */
export class BettingHistory {
  #n: number
  #scores: Float64Array
  #bets: Float64Array

  constructor(
    scores: Float64Array = new Float64Array(0),
    bets: Float64Array = new Float64Array(0),
  ) {
    if (scores.length !== bets.length) {
      throw new RangeError(`${scores.length} scores do not match ${bets.length} bets`)
    }
    this.#n = scores.length
    this.#scores = scores.slice()
    this.#bets = bets.slice()
  }

  get n(): number {
    return this.#n
  }

  add(x: number, lambda: number): void {
    if (this.#n === this.#scores.length) {
      const capacity = Math.max(64, 2 * this.#n)
      this.#scores = grown(this.#scores, capacity)
      this.#bets = grown(this.#bets, capacity)
    }
    this.#scores[this.#n] = x
    this.#bets[this.#n] = lambda
    this.#n++
  }

  /** ln K⁺(m), which falls with m, and its derivative. */
  above(m: number): Wealth {
    let [ln, slope, product] = [0, 0, 1]
    for (let i = 0; i < this.#n; i++) {
      const x = this.#scores[i]!
      const lambda = this.#bets[i]!
      product *= factorAbove(x, m, lambda)
      slope += slopeAbove(x, m, lambda)
      if (i % factorsPerLog !== 0) continue
      ln += Math.log(product)
      product = 1
    }
    return { ln: ln + Math.log(product), slope }
  }

  /** ln K⁻(m), which rises with m, and its derivative: K⁺ of 1 − x at 1 − m. */
  below(m: number): Wealth {
    let [ln, slope, product] = [0, 0, 1]
    for (let i = 0; i < this.#n; i++) {
      const x = this.#scores[i]!
      const lambda = this.#bets[i]!
      product *= factorBelow(x, m, lambda)
      slope -= slopeAbove(1 - x, 1 - m, lambda)
      if (i % factorsPerLog !== 0) continue
      ln += Math.log(product)
      product = 1
    }
    return { ln: ln + Math.log(product), slope }
  }

  /** All bets in their order. */
  each(visit: (x: number, lambda: number) => void): void {
    for (let i = 0; i < this.#n; i++) visit(this.#scores[i]!, this.#bets[i]!)
  }

  scores(): Float64Array {
    return this.#scores.slice(0, this.#n)
  }

  bets(): Float64Array {
    return this.#bets.slice(0, this.#n)
  }
}

function grown(column: Float64Array, capacity: number): Float64Array {
  const longer = new Float64Array(capacity)
  longer.set(column)
  return longer
}

export interface FtrlOptions {
  readonly alpha: number // step size
  readonly beta: number // dampens the first steps
  readonly l1: number
  readonly l2: number
}

export interface FtrlState {
  readonly z: Float64Array
  readonly n: Float64Array
}

/**
 * Logistic regression by follow-the-regularised-leader, a step size of its own for each coordinate and
 * exact zeros where l1 asks for them.
 *
 * McMahan et al., "Ad click prediction: a view from the trenches", KDD 2013, Alg. 1.
 */
export class Ftrl {
  readonly weights: Float64Array
  readonly #options: FtrlOptions
  readonly #z: Float64Array
  readonly #n: Float64Array

  constructor(dimension: number, options: FtrlOptions) {
    this.#options = options
    this.weights = new Float64Array(dimension)
    this.#z = new Float64Array(dimension)
    this.#n = new Float64Array(dimension)
  }

  /** P(y = 1 | x) of the vector that begins at `offset`. */
  predict(x: ArrayLike<number>, offset = 0): number {
    let dot = 0
    for (let i = 0; i < this.weights.length; i++) dot += this.weights[i]! * x[offset + i]!
    return 1 / (1 + Math.exp(-dot))
  }

  /** One step on a label, or a probability, in [0, 1]. @returns the log loss before the step */
  learn(x: ArrayLike<number>, y: number, offset = 0): number {
    const { alpha, beta, l1, l2 } = this.#options
    const p = this.predict(x, offset)
    for (let i = 0; i < this.weights.length; i++) {
      const g = (p - y) * x[offset + i]!
      if (g === 0) continue
      const before = this.#n[i]!
      const after = before + g * g
      const sigma = (Math.sqrt(after) - Math.sqrt(before)) / alpha
      const z = this.#z[i]! + g - sigma * this.weights[i]!
      this.#z[i] = z
      this.#n[i] = after
      this.weights[i] =
        Math.abs(z) <= l1 ? 0 : -(z - Math.sign(z) * l1) / ((beta + Math.sqrt(after)) / alpha + l2)
    }
    const sure = Math.min(1 - 1e-12, Math.max(1e-12, p))
    return -y * Math.log(sure) - (1 - y) * Math.log(1 - sure)
  }

  state(): FtrlState {
    return { z: this.#z.slice(), n: this.#n.slice() }
  }

  restore({ z, n }: FtrlState): void {
    const { alpha, beta, l1, l2 } = this.#options
    this.#z.set(z)
    this.#n.set(n)
    for (let i = 0; i < z.length; i++) {
      const value = z[i]!
      this.weights[i] =
        Math.abs(value) <= l1
          ? 0
          : -(value - Math.sign(value) * l1) / ((beta + Math.sqrt(n[i]!)) / alpha + l2)
    }
  }
}

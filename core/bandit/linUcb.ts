import { CholeskySolver } from './choleskySolver.ts'

export interface LinUcbOptions {
  /** c, weight of the confidence bonus. */
  readonly bonus: number
  /** Of A and b before each update; below 1 old evidence fades, for worlds that drift. */
  readonly decay: number
  /** λ of the prior A = λI, which does not fade. */
  readonly ridge: number
}

export interface LinUcbState {
  readonly a: Float64Array // [d × d]
  readonly b: Float64Array // [d]
}

/**
 * LinUCB with one A and b for all items: score = x·A⁻¹b + c·√(xᵀA⁻¹x).
 *
 * Li, Chu, Langford & Schapire, WWW 2010, Alg. 1, shared; with decay Russac, Vernade & Cappé, 2019.
 */
export class LinUcb {
  readonly #d: number
  readonly #options: LinUcbOptions
  readonly #a: Float64Array
  readonly #b: Float64Array
  readonly #theta: Float64Array
  readonly #solver: CholeskySolver
  #stale = true

  constructor(dimension: number, options: LinUcbOptions) {
    this.#d = dimension
    this.#options = options
    this.#a = new Float64Array(dimension ** 2)
    for (let i = 0; i < dimension; i++) this.#a[i * dimension + i] = options.ridge
    this.#b = new Float64Array(dimension)
    this.#theta = new Float64Array(dimension)
    this.#solver = new CholeskySolver(dimension)
  }

  /** A⁻¹b; the array is reused. */
  get theta(): Float64Array {
    this.#refresh()
    return this.#theta
  }

  /** @param x [rows × d], row-major @param out receives the scores, [rows] */
  score(x: ArrayLike<number>, out: Float64Array | Float32Array): void {
    this.#refresh()
    const d = this.#d
    for (let row = 0; row < out.length; row++) {
      let mean = 0
      for (let f = 0; f < d; f++) mean += this.#theta[f]! * x[row * d + f]!
      const width = this.#options.bonus > 0 ? this.width(x, row * d) : 0
      out[row] = mean + this.#options.bonus * width
    }
  }

  /** √(xᵀA⁻¹x) of the vector that begins at `offset`: how little is known in its direction. */
  width(x: ArrayLike<number>, offset: number): number {
    this.#refresh()
    return Math.sqrt(this.#solver.quadratic(x, offset))
  }

  /** Learns from one shown list. @param rows of `x` that were shown @param rewards one per row */
  observe(x: ArrayLike<number>, rows: ArrayLike<number>, rewards: ArrayLike<number>): void {
    const d = this.#d
    const { decay, ridge } = this.#options
    if (decay < 1) {
      for (let i = 0; i < d * d; i++) this.#a[i]! *= decay
      for (let i = 0; i < d; i++) {
        this.#a[i * d + i]! += (1 - decay) * ridge
        this.#b[i]! *= decay
      }
    }
    for (let n = 0; n < rows.length; n++) {
      const at = rows[n]! * d
      for (let i = 0; i < d; i++) {
        const value = x[at + i]!
        this.#b[i]! += rewards[n]! * value
        for (let j = 0; j <= i; j++) this.#a[i * d + j]! += value * x[at + j]!
      }
    }
    this.#stale = true
  }

  #refresh(): void {
    if (!this.#stale) return
    this.#solver.factor(this.#a)
    this.#solver.solve(this.#b, this.#theta)
    this.#stale = false
  }

  state(): LinUcbState {
    return { a: this.#a.slice(), b: this.#b.slice() }
  }

  restore({ a, b }: LinUcbState): void {
    this.#a.set(a)
    this.#b.set(b)
    this.#stale = true
  }
}

/**
 * Factor of a symmetric positive definite matrix, A = L·Lᵀ, kept for many solutions. Buffers are
 * reused.
 */
export class CholeskySolver {
  readonly #n: number
  readonly #l: Float64Array // [n × n], lower triangle
  readonly #z: Float64Array

  constructor(n: number) {
    this.#n = n
    this.#l = new Float64Array(n * n)
    this.#z = new Float64Array(n)
  }

  /** @param a [n × n], of which the lower triangle is read @throws RangeError if not definite */
  factor(a: Float64Array): void {
    const n = this.#n
    const l = this.#l
    for (let i = 0; i < n; i++) {
      for (let j = 0; j <= i; j++) {
        let sum = a[i * n + j]!
        for (let k = 0; k < j; k++) sum -= l[i * n + k]! * l[j * n + k]!
        if (i !== j) l[i * n + j] = sum / l[j * n + j]!
        else if (sum > 0) l[i * n + i] = Math.sqrt(sum)
        else throw new RangeError(`row ${i} makes the matrix singular; raise the ridge`)
      }
    }
  }

  /** A⁻¹·b. @param out receives the solution; may be `b` */
  solve(b: Float64Array, out: Float64Array): void {
    const n = this.#n
    const l = this.#l
    const z = this.#forward(b, 0)
    for (let i = n - 1; i >= 0; i--) {
      let sum = z[i]!
      for (let k = i + 1; k < n; k++) sum -= l[k * n + i]! * out[k]!
      out[i] = sum / l[i * n + i]!
    }
  }

  /** xᵀ·A⁻¹·x of the vector that begins at `offset`. */
  quadratic(x: ArrayLike<number>, offset: number): number {
    const z = this.#forward(x, offset)
    let square = 0
    for (let i = 0; i < this.#n; i++) square += z[i]! * z[i]!
    return square
  }

  /** L⁻¹·x */
  #forward(x: ArrayLike<number>, offset: number): Float64Array {
    const n = this.#n
    const l = this.#l
    const z = this.#z
    for (let i = 0; i < n; i++) {
      let sum = x[offset + i]!
      for (let k = 0; k < i; k++) sum -= l[i * n + k]! * z[k]!
      z[i] = sum / l[i * n + i]!
    }
    return z
  }
}

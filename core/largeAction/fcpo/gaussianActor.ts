import { normal } from '#core/random/distributions'
import type { Rng } from '#core/random/rng'

/** Where the parts of θ lie; all matrices are [inputs × outputs], row-major. */
interface Layout {
  readonly gates: number // three gates: input [d × 3h], hidden [h × 3h], bias [3h]
  readonly hiddenGates: number
  readonly gateBias: number
  readonly head: number // [h + d × K·d]
  readonly headBias: number
  readonly logStd: number // [K·d]
}

/**
 * W ~ N(μ(s), diag σ²), [K × d]: a GRU over the last liked items and the user's mean vector u give μ, to
 * which a multiple of u is added per row; the log standard deviations are parameters that no state
 * moves, as in the authors' code.
 *
 * Source: Ge et al., "Towards long-term fairness in recommendation", WSDM 2021, arXiv 2101.03584. In double
 * precision, so that curvature can be taken from differences.
 */
export class GaussianActor {
  readonly theta: Float64Array
  readonly rowsOfW: number // K
  readonly width: number // d
  readonly hidden: number
  readonly history: number
  readonly userWeight: number
  readonly #at: Layout

  constructor(shape: {
    readonly rowsOfW: number
    readonly width: number
    readonly hidden: number
    readonly history: number
    readonly userWeight: number
    readonly initialLogStd: number
  }) {
    const { rowsOfW, width: d, hidden: h } = shape
    this.rowsOfW = rowsOfW
    this.width = d
    this.hidden = h
    this.history = shape.history
    this.userWeight = shape.userWeight
    const out = rowsOfW * d
    let size = 0
    const take = (n: number) => (size += n) - n
    this.#at = {
      gates: take(d * 3 * h),
      hiddenGates: take(h * 3 * h),
      gateBias: take(3 * h),
      head: take((h + d) * out),
      headBias: take(out),
      logStd: take(out),
    }
    this.theta = new Float64Array(size)
    this.theta.fill(shape.initialLogStd, this.#at.logStd)
  }

  /** Gates by Glorot's rule; the head starts at zero, so that μ starts at the user's vector alone. */
  initialise(rng: Rng): void {
    const sd = Math.sqrt(1 / (this.width + this.hidden))
    for (let i = 0; i < this.#at.gateBias; i++) this.theta[i] = sd * normal(rng)
  }

  get outputs(): number {
    return this.rowsOfW * this.width
  }

  /** Numbers of a state: the history's vectors, oldest first, then the user's mean vector. */
  get stateWidth(): number {
    return (this.history + 1) * this.width
  }

  logStd(f: number, theta = this.theta): number {
    return theta[this.#at.logStd + f]!
  }

  /** μ of one state. @param tape receives what `pull` needs; @param out [K·d] */
  mean(state: Float64Array, out: Float64Array, theta = this.theta, tape?: Tape): void {
    const { width: d, hidden: h, history } = this
    const at = this.#at
    const own = tape ?? this.tape()
    own.hidden.fill(0, 0, h)
    for (let step = 0; step < history; step++) {
      const x = step * d
      const before = step * h
      const gate = step * 3 * h
      for (let j = 0; j < 3 * h; j++) {
        let sum = theta[at.gateBias + j]!
        for (let f = 0; f < d; f++) sum += state[x + f]! * theta[at.gates + f * 3 * h + j]!
        if (j < 2 * h) {
          for (let f = 0; f < h; f++) {
            sum += own.hidden[before + f]! * theta[at.hiddenGates + f * 3 * h + j]!
          }
          own.gates[gate + j] = 1 / (1 + Math.exp(-sum))
        } else {
          for (let f = 0; f < h; f++) {
            const reset = own.gates[gate + h + f]! * own.hidden[before + f]!
            sum += reset * theta[at.hiddenGates + f * 3 * h + j]!
          }
          own.gates[gate + j] = Math.tanh(sum)
        }
      }
      for (let j = 0; j < h; j++) {
        const update = own.gates[gate + j]!
        own.hidden[before + h + j] =
          (1 - update) * own.gates[gate + 2 * h + j]! + update * own.hidden[before + j]!
      }
    }
    const last = history * h
    const user = history * d
    const n = this.outputs
    for (let o = 0; o < n; o++) {
      let sum = theta[at.headBias + o]! + this.userWeight * state[user + (o % d)]!
      for (let f = 0; f < h; f++) sum += own.hidden[last + f]! * theta[at.head + f * n + o]!
      for (let f = 0; f < d; f++) sum += state[user + f]! * theta[at.head + (h + f) * n + o]!
      out[o] = sum
    }
  }

  tape(): Tape {
    return {
      hidden: new Float64Array((this.history + 1) * this.hidden),
      gates: new Float64Array(this.history * 3 * this.hidden),
    }
  }

  /** gradient ← gradient + (∂μ/∂θ)ᵀ·change, at the θ of the tape; log standard deviations are left out. */
  pull(state: Float64Array, tape: Tape, change: Float64Array, gradient: Float64Array): void {
    const { width: d, hidden: h, history, theta } = this
    const at = this.#at
    const n = this.outputs
    const dh = new Float64Array(h)
    const last = history * h
    const user = history * d
    for (let f = 0; f < h; f++) {
      let sum = 0
      const row = at.head + f * n
      const unit = tape.hidden[last + f]!
      for (let o = 0; o < n; o++) {
        sum += change[o]! * theta[row + o]!
        gradient[row + o]! += change[o]! * unit
      }
      dh[f] = sum
    }
    for (let f = 0; f < d; f++) {
      const row = at.head + (h + f) * n
      const x = state[user + f]!
      for (let o = 0; o < n; o++) gradient[row + o]! += change[o]! * x
    }
    for (let o = 0; o < n; o++) gradient[at.headBias + o]! += change[o]!
    const pre = new Float64Array(3 * h)
    for (let step = history - 1; step >= 0; step--) {
      const before = step * h
      const gate = step * 3 * h
      const back = new Float64Array(h)
      for (let j = 0; j < h; j++) {
        const update = tape.gates[gate + j]!
        const candidate = tape.gates[gate + 2 * h + j]!
        pre[j] = dh[j]! * (tape.hidden[before + j]! - candidate) * update * (1 - update)
        pre[2 * h + j] = dh[j]! * (1 - update) * (1 - candidate * candidate)
        back[j] = dh[j]! * update
      }
      for (let f = 0; f < h; f++) {
        let sum = 0
        const row = at.hiddenGates + f * 3 * h + 2 * h
        for (let j = 0; j < h; j++) sum += pre[2 * h + j]! * theta[row + j]!
        const reset = tape.gates[gate + h + f]!
        pre[h + f] = sum * tape.hidden[before + f]! * reset * (1 - reset)
        back[f]! += sum * reset
      }
      for (let f = 0; f < h; f++) {
        const row = at.hiddenGates + f * 3 * h
        const unit = tape.hidden[before + f]!
        const reset = tape.gates[gate + h + f]! * unit
        let sum = 0
        for (let j = 0; j < 2 * h; j++) {
          sum += pre[j]! * theta[row + j]!
          gradient[row + j]! += pre[j]! * unit
        }
        for (let j = 2 * h; j < 3 * h; j++) gradient[row + j]! += pre[j]! * reset
        dh[f] = back[f]! + sum
      }
      for (let f = 0; f < d; f++) {
        const row = at.gates + f * 3 * h
        const x = state[step * d + f]!
        for (let j = 0; j < 3 * h; j++) gradient[row + j]! += pre[j]! * x
      }
      for (let j = 0; j < 3 * h; j++) gradient[at.gateBias + j]! += pre[j]!
    }
  }

  /** Where the gradient of log standard deviation f is summed. */
  logStdAt(f: number): number {
    return this.#at.logStd + f
  }
}

export interface Tape {
  readonly hidden: Float64Array // [history + 1 × h]
  readonly gates: Float64Array // [history × 3h]: update, reset, candidate
}

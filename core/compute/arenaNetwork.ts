import { normal } from '#core/random/distributions'
import type { Rng } from '#core/random/rng'
import type { Arena, Block } from './arena.ts'
import { biasCorrections, resolveHyper } from './hyper.ts'

interface Layer {
  readonly inputs: number
  readonly outputs: number
  readonly at: number // W [inputs × outputs], then b [outputs]
  readonly activation: 'relu' | 'linear' | 'tanh'
  readonly y: Block // [rows × outputs]
  readonly dy: Block
}

/** Numbers of arena that a network of these sizes takes. */
export function networkWork(sizes: readonly number[], rows: number, trains: boolean): number {
  let parameters = 0
  let activations = sizes[0]!
  for (let l = 1; l < sizes.length; l++) {
    parameters += (sizes[l - 1]! + 1) * sizes[l]!
    activations += 2 * sizes[l]!
  }
  return parameters * (trains ? 4 : 1) + rows * activations + 64 * sizes.length
}

/** A chain of dense layers with relu between them, its gradient and Adam, in an arena. */
export class ArenaNetwork {
  readonly sizes: readonly number[]
  readonly weights: Block
  readonly gradient: Block
  readonly #arena: Arena
  readonly #layers: readonly Layer[]
  readonly #inputGradient: Block
  readonly #moments: readonly [Block, Block] | null
  #steps = 0
  #input = 0

  /** @param rows most rows of a call; @param output what the last layer ends in */
  constructor(
    arena: Arena,
    sizes: readonly number[],
    rows: number,
    options: { readonly output: 'linear' | 'tanh'; readonly trains: boolean },
  ) {
    this.#arena = arena
    this.sizes = sizes
    let parameters = 0
    this.#layers = sizes.slice(1).map((outputs, l) => {
      const inputs = sizes[l]!
      const at = parameters
      parameters += (inputs + 1) * outputs
      const activation = l + 2 < sizes.length ? 'relu' : options.output
      const block = () => arena.block(rows * outputs)
      return { inputs, outputs, at, activation, y: block(), dy: block() }
    })
    const own = (kept: boolean) => arena.block(kept ? parameters : 0)
    this.weights = own(true)
    this.gradient = own(options.trains)
    this.#moments = options.trains ? [own(true), own(true)] : null
    this.#inputGradient = arena.block(rows * sizes[0]!)
  }

  /** He's initialisation before relu, Glorot's at the end; biases zero. */
  initialise(rng: Rng): void {
    for (const { inputs, outputs, at, activation } of this.#layers) {
      const sd = Math.sqrt(activation === 'relu' ? 2 / inputs : 2 / (inputs + outputs))
      for (let i = 0; i < inputs * outputs; i++) this.weights.values[at + i] = sd * normal(rng)
    }
  }

  /**
   * @param input byte offset of [rows × sizes[0]]; must stay until `backward` is done
   * @returns [rows × last size], overwritten by the next call
   */
  forward(input: number, rows: number): Block {
    let x = (this.#input = input)
    for (const { inputs, outputs, at, activation, y } of this.#layers) {
      const b = this.weights.at + 4 * at
      this.#arena.multiply({
        a: x,
        b,
        bias: b + 4 * inputs * outputs,
        out: y.at,
        m: rows,
        n: outputs,
        k: inputs,
        relu: activation === 'relu',
      })
      if (activation === 'tanh') {
        for (let i = 0; i < rows * outputs; i++) y.values[i] = Math.tanh(y.values[i]!)
      }
      x = y.at
    }
    return this.#layers[this.#layers.length - 1]!.y
  }

  /** Where the gradient of the loss at the outputs of `forward` is to be written. */
  get outputGradient(): Float32Array {
    return this.#layers[this.#layers.length - 1]!.dy.values
  }

  /**
   * Gradients of the last `forward`.
   * @param into `weights` fills `gradient`; `input` only looks for the gradient at the input
   * @returns the gradient at the input, [rows × sizes[0]]
   */
  backward(rows: number, into: 'weights' | 'input' | 'both'): Float32Array {
    for (let l = this.#layers.length - 1; l >= 0; l--) {
      const { inputs, outputs, at, activation, y, dy } = this.#layers[l]!
      const n = rows * outputs
      if (activation === 'relu') this.#arena.kernels.reluGradient(dy.at, y.at, dy.at, n)
      if (activation === 'tanh') {
        for (let i = 0; i < n; i++) dy.values[i]! *= 1 - y.values[i]! ** 2
      }
      const below = l === 0 ? this.#inputGradient : this.#layers[l - 1]!.dy
      if (into !== 'input') {
        const out = this.gradient.at + 4 * at
        const x = l === 0 ? this.#input : this.#layers[l - 1]!.y.at
        const product = { a: x, transposeA: true, b: dy.at, out, m: inputs, n: outputs, k: rows }
        this.#arena.multiply(product)
        this.#arena.kernels.columnSums(dy.at, out + 4 * inputs * outputs, rows, outputs)
      }
      if (l > 0 || into !== 'weights') {
        const b = this.weights.at + 4 * at
        const product = {
          a: dy.at,
          b,
          transposeB: true,
          out: below.at,
          m: rows,
          n: inputs,
          k: outputs,
        }
        this.#arena.multiply(product)
      }
    }
    return this.#inputGradient.values
  }

  /** One step of Adam down the gradient. */
  step(learningRate: number): void {
    const [first, second] = this.#moments!
    const hyper = resolveHyper('adam', { learningRate })
    const [c1, c2] = biasCorrections(hyper, ++this.#steps)
    this.#arena.kernels.adam(
      this.weights.at,
      this.gradient.at,
      first.at,
      second.at,
      this.weights.values.length,
      learningRate * c1,
      hyper.beta1,
      hyper.beta2,
      1 - hyper.beta1,
      1 - hyper.beta2,
      hyper.epsilon,
      c2,
    )
  }

  copyFrom(source: ArenaNetwork): void {
    this.weights.values.set(source.weights.values)
  }

  /** weights ← weights + tau·(source − weights) */
  follow(source: ArenaNetwork, tau: number): void {
    const n = this.weights.values.length
    this.#arena.kernels.polyak(this.weights.at, source.weights.at, n, tau)
  }

  state(): ArenaNetworkState {
    const [first, second] = this.#moments ?? [null, null]
    return {
      steps: this.#steps,
      weights: this.weights.values.slice(),
      first: first ? first.values.slice() : new Float32Array(0),
      second: second ? second.values.slice() : new Float32Array(0),
    }
  }

  restore(state: ArenaNetworkState): void {
    this.load(state.weights)
    this.#steps = state.steps
    this.#moments?.[0].values.set(state.first)
    this.#moments?.[1].values.set(state.second)
  }

  /** @throws RangeError if there are more or fewer weights than the network has */
  load(weights: Float32Array): void {
    if (weights.length !== this.weights.values.length) {
      throw new RangeError(
        `${weights.length} weights, the network has ${this.weights.values.length}`,
      )
    }
    this.weights.values.set(weights)
  }
}

/** Exact copy of what the next steps depend on. */
export interface ArenaNetworkState {
  readonly steps: number
  readonly weights: Float32Array
  readonly first: Float32Array
  readonly second: Float32Array
}

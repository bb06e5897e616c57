import { Arena, type Block } from '#core/compute/arena'
import { biasCorrections, resolveHyper } from '#core/compute/hyper'
import { packedBytes } from '#core/compute/matrixProduct'
import { normal } from '#core/random/distributions'
import type { Rng } from '#core/random/rng'
import { leavesUnder, type BalancedTree } from '#core/tree/balancedTree'
import type { PathShape, StateVectors } from './pathShape.ts'

/** Initial weights are normal with this standard deviation, biases zero (reference runs, TP5). */
const initialSd = 0.1

/**
 * The weights of a path policy: a head of c outputs per node over one shared state. A node's head is
 * packed for the kernels when a decision first needs it after a change.
 */
export class PathNetwork {
  readonly arena: Arena
  readonly tree: BalancedTree
  readonly shape: PathShape
  readonly vectors: StateVectors
  readonly weights: Block
  /** Items under each child of each node, level by level, with nothing blocked. */
  readonly open: readonly Int32Array[]
  readonly #packed: Block
  readonly #packedNode: number // numbers per node
  readonly #stamp: Int32Array
  #version = 1
  #training: { gradient: Block; first: Block; second: Block; steps: number } | null = null

  /** @param work numbers that episodes over this network will need */
  constructor(
    tree: BalancedTree,
    shape: PathShape,
    vectors: StateVectors,
    options: { readonly trains: boolean; readonly work: number },
  ) {
    this.tree = tree
    this.shape = shape
    this.vectors = vectors
    this.open = leavesUnder(tree)
    this.#packedNode = packedBytes(shape.headWidth, shape.children) / 4
    const packed = shape.nodes * this.#packedNode
    const copies = options.trains ? 4 : 1
    this.arena = new Arena(shape.parameters * copies + packed + options.work)
    this.weights = this.arena.block(shape.parameters)
    this.#packed = this.arena.block(packed)
    this.#stamp = new Int32Array(shape.nodes)
    if (options.trains) {
      const block = () => this.arena.block(shape.parameters)
      this.#training = { gradient: block(), first: block(), second: block(), steps: 0 }
    }
  }

  initialise(rng: Rng): void {
    const { shape } = this
    const draw = (at: number, rows: number, columns: number) => {
      for (let i = 0; i < rows * columns; i++) this.weights.values[at + i] = initialSd * normal(rng)
    }
    draw(shape.trunkAt, shape.stateWidth, shape.hidden)
    draw(shape.cellAt, shape.recurrentWidth, 3 * shape.recurrentWidth)
    for (let node = 0; node < shape.nodes; node++) {
      draw(this.headAt(node), shape.headWidth, shape.children)
    }
    this.changed()
  }

  /** Index of a node's weights [headWidth × c], followed by its biases [c]. */
  headAt(node: number): number {
    return this.shape.headsAt + node * this.shape.nodeSize
  }

  /** Byte offset of a weight. */
  at(index: number): number {
    return this.weights.at + 4 * index
  }

  /**
   * Logits of one node for M states.
   * @param inputs byte offset of [M × headWidth]; @param out byte offset of [M × c]
   */
  logits(node: number, inputs: number, out: number, m: number): void {
    const { headWidth, children } = this.shape
    const weights = this.headAt(node)
    const packed = this.#packed.at + 4 * node * this.#packedNode
    if (this.#stamp[node] !== this.#version) {
      this.arena.pack(this.at(weights), packed, headWidth, children)
      this.#stamp[node] = this.#version
    }
    const bias = this.at(weights + headWidth * children)
    this.arena.kernels.gemm(inputs, packed, bias, out, m, children, headWidth, 0)
  }

  /** The weights were written: what was packed is stale. */
  changed(): void {
    this.#version++
  }

  /** Where the gradient of the loss is summed up; for networks that train. */
  get gradient(): Block {
    return this.#learning().gradient
  }

  /**
   * One step of Adam on the gradient, cut to the given norm.
   * @returns the norm before it was cut
   */
  step(learningRate: number, clip: number): number {
    const { gradient, first, second } = this.#learning()
    const { kernels } = this.arena
    const n = this.shape.parameters
    let square = 0
    for (const g of gradient.values) square += g * g
    const norm = Math.sqrt(square)
    if (norm > clip) {
      const scale = clip / norm
      for (let i = 0; i < n; i++) gradient.values[i]! *= scale
    }
    const steps = ++this.#learning().steps
    const hyper = resolveHyper('adam', { learningRate })
    const [c1, c2] = biasCorrections(hyper, steps)
    kernels.adam(
      this.weights.at,
      gradient.at,
      first.at,
      second.at,
      n,
      learningRate * c1,
      hyper.beta1,
      hyper.beta2,
      1 - hyper.beta1,
      1 - hyper.beta2,
      hyper.epsilon,
      c2,
    )
    this.changed()
    return norm
  }

  state(): PathNetworkState {
    const { first, second, steps } = this.#learning()
    return {
      weights: this.weights.values.slice(),
      first: first.values.slice(),
      second: second.values.slice(),
      steps,
    }
  }

  restore(state: PathNetworkState): void {
    const learning = this.#learning()
    this.load(state.weights)
    learning.first.values.set(state.first)
    learning.second.values.set(state.second)
    learning.steps = state.steps
  }

  /** @throws RangeError if there are more or fewer weights than the shape has */
  load(weights: Float32Array): void {
    if (weights.length !== this.shape.parameters) {
      throw new RangeError(`${weights.length} weights, the policy has ${this.shape.parameters}`)
    }
    this.weights.values.set(weights)
    this.changed()
  }

  #learning() {
    if (!this.#training) throw new Error('this path network was made for decisions only')
    return this.#training
  }
}

/** Exact copy of what the next updates depend on. */
export interface PathNetworkState {
  readonly weights: Float32Array
  readonly first: Float32Array
  readonly second: Float32Array
  readonly steps: number
}

import type { Block } from '#core/compute/arena'
import type { Episodes } from '#core/episode/episodicWorld'
import { RidgeBelief } from '#core/episode/ridgeBelief'
import type { Rng } from '#core/random/rng'
import type { PathNetwork } from './pathNetwork.ts'
import { rewardBin } from './pathShape.ts'

/** How a child is taken: by its probability, the best one, or the one on the way to a given item. */
export type Choice = 'sample' | 'argmax' | 'given'

/** `masked` draws from the probabilities that the loss uses; `authors` as their code (TP4). */
export type Sampling = 'masked' | 'authors'

/**
 * Episodes in lockstep under a path policy. With a tape, every step keeps what the gradient needs.
 *
 * Blocked children have probability 0 in sampling, loss and reports alike; a node with a single open
 * child is a forced move: probability 1, no network, no gradient.
 */
export class PathRollout {
  readonly network: PathNetwork
  readonly rows: number
  readonly steps: number
  readonly states: Block // [steps × rows × stateWidth]
  readonly hidden: Block // [steps × rows × hidden]
  readonly inputs: Block // [steps × rows × headWidth]; the states themselves with linear heads
  readonly cellInputs: Block // [steps × rows × recurrent]
  readonly gates: Block // [steps × rows × 3·recurrent]: forget, output, candidate
  readonly cells: Block // [steps × rows × recurrent]
  /** Of each level: probabilities [steps × rows × c], the node and the child taken [steps × rows]. */
  readonly levels: readonly {
    readonly probability: Float32Array
    readonly node: Int32Array
    readonly child: Int32Array // −1 for a forced move or a row that was over
  }[]
  /** The step whose items were chosen last. */
  lastStep = 0
  #finished = -1 // the step whose heads' inputs stand ready
  readonly #taped: boolean
  readonly #logits: Block
  readonly #cell: Float32Array // [rows × recurrent]
  readonly #feedbackSum: Float64Array
  readonly #belief: RidgeBelief | null
  readonly #availableLeaves: Int32Array
  readonly #sampling: Sampling

  constructor(
    network: PathNetwork,
    rows: number,
    steps: number,
    options: { readonly taped: boolean; readonly sampling: Sampling },
  ) {
    const { shape, arena, vectors } = network
    const kept = options.taped ? steps : 1
    const block = (width: number) => arena.block(kept * rows * width)
    this.network = network
    this.rows = rows
    this.steps = steps
    this.#taped = options.taped
    this.#sampling = options.sampling
    this.states = block(shape.stateWidth)
    this.hidden = block(shape.hidden)
    this.inputs = shape.hidden > 0 ? block(shape.headWidth) : this.states
    this.cellInputs = block(shape.recurrentWidth)
    this.gates = block(3 * shape.recurrentWidth)
    this.cells = block(shape.recurrentWidth)
    this.#logits = arena.block(rows * shape.children)
    this.levels = Array.from({ length: shape.depth }, () => ({
      probability: new Float32Array(kept * rows * shape.children),
      node: new Int32Array(kept * rows),
      child: new Int32Array(kept * rows),
    }))
    this.#cell = new Float32Array(rows * shape.recurrentWidth)
    this.#feedbackSum = new Float64Array(rows * vectors.feedbackWidth)
    this.#belief = vectors.prior && new RidgeBelief(vectors.prior, rows)
    this.#availableLeaves = new Int32Array(shape.children)
  }

  /** Numbers of arena that a rollout takes. */
  static work(network: Pick<PathNetwork, 'shape'>, rows: number, kept: number): number {
    const { stateWidth, hidden, headWidth, recurrentWidth, children } = network.shape
    return rows * kept * (stateWidth + hidden + headWidth + 5 * recurrentWidth) + rows * children
  }

  begin(episodes: Episodes): void {
    this.#cell.fill(0)
    this.#feedbackSum.fill(0)
    this.#belief?.begin()
    for (let row = 0; row < this.rows; row++) this.#writeState(episodes, row, 0, null)
    this.#finished = -1
  }

  /**
   * Writes each living row's item; with `given`, takes the path to the item that stands there.
   * @param explain receives the log-probability of each row's item, [rows]
   */
  choose(
    episodes: Episodes,
    step: number,
    choice: Choice,
    out: Int32Array,
    rng: Rng,
    explain?: Float64Array,
  ): void {
    const { shape, tree } = this.network
    const { depth, children: c, headWidth } = shape
    const slot = this.#slot(step)
    this.lastStep = step
    this.#finishInputs(slot)
    this.#finished = step
    const firstRow = slot * this.rows
    const inputs = this.inputs.at + 4 * firstRow * headWidth
    // the root is the same for all rows: one product
    this.network.logits(0, inputs, this.#logits.at, this.rows)
    explain?.fill(0)
    for (let row = 0; row < this.rows; row++) {
      let node = 0
      const target = choice === 'given' ? tree.slotOf[out[row]!]! : -1
      for (let level = 0; level < depth; level++) {
        const at = firstRow + row
        const tape = this.levels[level]!
        tape.node[at] = node
        tape.child[at] = -1
        if (!episodes.alive[row]) continue
        const span = c ** (depth - level - 1) // leaf slots under a child
        const only = this.#openChildren(episodes, row, level, node, span)
        let child = only
        if (only < 0) {
          if (level > 0) {
            const input = inputs + 4 * row * headWidth
            const number = shape.firstNode[level]! + node
            this.network.logits(number, input, this.#logits.at + 4 * row * c, 1)
          }
          const probability = tape.probability.subarray(at * c, (at + 1) * c)
          this.#softmax(row, probability)
          child =
            choice === 'given'
              ? Math.floor(target / span) - node * c
              : this.#take(probability, choice, rng)
          tape.child[at] = child
          if (explain) explain[row]! += Math.log(probability[child]!)
        }
        node = node * c + child
      }
      if (episodes.alive[row]) out[row] = tree.leaf[node]!
    }
  }

  /**
   * Probabilities of a node's children in a row's present state, masked by what is blocked; a forced move
   * has 1. Its array is the caller's. @param step the one that comes next
   */
  childProbabilities(
    episodes: Episodes,
    step: number,
    row: number,
    level: number,
    node: number,
  ): Float32Array {
    const { shape } = this.network
    const { children: c, headWidth } = shape
    const slot = this.#slot(step)
    const probability = new Float32Array(c)
    const only = this.#openChildren(episodes, row, level, node, c ** (shape.depth - level - 1))
    if (only >= 0) {
      probability[only] = 1
      return probability
    }
    if (this.#finished !== step) this.#finishInputs(slot)
    this.#finished = step
    const input = this.inputs.at + 4 * (slot * this.rows + row) * headWidth
    this.network.logits(shape.firstNode[level]! + node, input, this.#logits.at + 4 * row * c, 1)
    this.#softmax(row, probability)
    return probability
  }

  /** The answers to the items chosen at `step`: the states of the next step. */
  observe(episodes: Episodes, step: number, items: Int32Array): void {
    const { shape, vectors, arena } = this.network
    const { recurrentWidth: width } = shape
    const { feedback } = episodes
    for (let row = 0; row < this.rows; row++) {
      const [item, answer] = [items[row]!, feedback.raw[row]!]
      this.#belief?.observe(row, item, answer)
      const at = row * vectors.feedbackWidth
      for (let f = 0; f < vectors.feedbackWidth; f++) {
        this.#feedbackSum[at + f]! +=
          (answer * vectors.feedback[item * vectors.feedbackWidth + f]!) / 5
      }
    }
    if (step + 1 >= this.steps) return
    const slot = this.#slot(step)
    if (width > 0) {
      for (let row = 0; row < this.rows; row++)
        this.#writeCellInput(episodes, row, slot, items[row]!)
      const first = slot * this.rows
      arena.multiply({
        a: this.cellInputs.at + 4 * first * width,
        b: this.network.at(shape.cellAt),
        bias: this.network.at(shape.cellAt + 3 * width * width),
        out: this.gates.at + 4 * first * 3 * width,
        m: this.rows,
        n: 3 * width,
        k: width,
      })
    }
    for (let row = 0; row < this.rows; row++) this.#writeState(episodes, row, step + 1, slot)
  }

  #slot(step: number): number {
    return this.#taped ? step : 0
  }

  #writeCellInput(episodes: Episodes, row: number, slot: number, item: number): void {
    const { vectors, shape } = this.network
    const width = shape.recurrentWidth
    const at = (slot * this.rows + row) * width
    const x = this.cellInputs.values
    x.fill(0, at, at + width)
    const { embedding, embeddingWidth } = vectors
    for (let f = 0; f < embeddingWidth; f++) x[at + f] = embedding[item * embeddingWidth + f]!
    x[at + embeddingWidth + rewardBin(episodes.feedback.raw[row]!)] = 1
    const features = at + width - shape.featureWidth
    for (let f = 0; f < shape.featureWidth; f++) {
      x[features + f] = episodes.features[row * shape.featureWidth + f]!
    }
  }

  /** @param slot whose gates made this state; null at the start */
  #writeState(episodes: Episodes, row: number, step: number, slot: number | null): void {
    const { shape, vectors } = this.network
    const { recurrentWidth: width, featureWidth } = shape
    const state = this.states.values
    let at = (this.#slot(step) * this.rows + row) * shape.stateWidth
    if (slot === null) state.fill(0, at, at + width)
    else {
      const from = (slot * this.rows + row) * width
      for (let f = 0; f < width; f++) {
        const gate = 3 * from + f
        const g = this.gates.values
        const forget = (g[gate] = sigmoid(g[gate]!))
        const output = (g[gate + width] = sigmoid(g[gate + width]!))
        const x = this.cellInputs.values[from + f]!
        const memory = row * width + f
        const cell = forget * this.#cell[memory]! + (1 - forget) * g[gate + 2 * width]!
        this.cells.values[from + f] = this.#cell[memory] = cell
        state[at + f] = output * Math.tanh(cell) + (1 - output) * x
      }
    }
    at += width
    for (let f = 0; f < featureWidth; f++) state[at++] = episodes.features[row * featureWidth + f]!
    const scale = 1 / Math.sqrt(1 + step)
    const sums = row * vectors.feedbackWidth
    for (let f = 0; f < vectors.feedbackWidth; f++)
      state[at++] = scale * this.#feedbackSum[sums + f]!
    if (this.#belief) {
      const { rank, mean, sd } = this.#belief.prior
      for (let f = 0; f < rank; f++) {
        state[at++] = (this.#belief.theta[row * rank + f]! - mean[f]!) / sd[f]!
      }
    }
    if (shape.shownWidth > 0) {
      this.#writeShown(episodes, row, at)
      at += shape.shownWidth
    }
    state[at] = step / this.steps
  }

  /** log(1 + n) for the n items that were shown under each child of the root. */
  #writeShown({ blocked, blockedCount }: Episodes, row: number, at: number): void {
    const { tree, shape } = this.network
    const state = this.states.values
    const span = tree.leaf.length / shape.shownWidth
    const first = row * (blocked.length / this.rows)
    state.fill(0, at, at + shape.shownWidth)
    for (let b = first; b < first + blockedCount[row]!; b++) {
      state[at + Math.floor(tree.slotOf[blocked[b]!]! / span)]!++
    }
    for (let k = at; k < at + shape.shownWidth; k++) state[k] = Math.log1p(state[k]!)
  }

  /** Hidden units, and the heads' inputs beside them. */
  #finishInputs(slot: number): void {
    const { shape, arena } = this.network
    const { stateWidth, hidden, headWidth } = shape
    if (hidden === 0) return
    const first = slot * this.rows
    arena.multiply({
      a: this.states.at + 4 * first * stateWidth,
      b: this.network.at(shape.trunkAt),
      bias: this.network.at(shape.trunkAt + stateWidth * hidden),
      out: this.hidden.at + 4 * first * hidden,
      m: this.rows,
      n: hidden,
      k: stateWidth,
      relu: true,
    })
    for (let r = first; r < first + this.rows; r++) {
      const at = r * headWidth
      const states = this.states.values.subarray(r * stateWidth, (r + 1) * stateWidth)
      this.inputs.values.set(states, at)
      const units = this.hidden.values.subarray(r * hidden, (r + 1) * hidden)
      this.inputs.values.set(units, at + stateWidth)
    }
  }

  /**
   * Open leaves under each child of a node, into `#availableLeaves`.
   * @returns the only open child, or −1 if there are several
   * @throws RangeError if nothing is open
   */
  #openChildren(
    episodes: Episodes,
    row: number,
    level: number,
    node: number,
    span: number,
  ): number {
    const { tree, open } = this.network
    const c = tree.children
    const under = open[level]!
    const available = this.#availableLeaves
    for (let k = 0; k < c; k++) available[k] = under[node * c + k]!
    const horizon = episodes.blocked.length / this.rows
    for (let b = 0; b < episodes.blockedCount[row]!; b++) {
      const child = Math.floor(tree.slotOf[episodes.blocked[row * horizon + b]!]! / span) - node * c
      if (child >= 0 && child < c) available[child]!--
    }
    let only = -1
    for (let k = 0; k < c; k++) {
      if (available[k]! <= 0) continue
      if (only >= 0) return -1
      only = k
    }
    if (only < 0) throw new RangeError(`row ${row}: every item is blocked`)
    return only
  }

  #softmax(row: number, out: Float32Array): void {
    const c = out.length
    const logits = this.#logits.values
    const open = this.#availableLeaves
    const masks = this.#sampling === 'masked'
    let largest = -Infinity
    for (let k = 0; k < c; k++) {
      if (masks && open[k]! <= 0) continue
      const z = logits[row * c + k]!
      if (z > largest) largest = z
    }
    let sum = 0
    for (let k = 0; k < c; k++) {
      const p = masks && open[k]! <= 0 ? 0 : Math.exp(logits[row * c + k]! - largest)
      out[k] = p
      sum += p
    }
    for (let k = 0; k < c; k++) out[k]! /= sum
  }

  #take(probability: Float32Array, choice: Choice, rng: Rng): number {
    const open = this.#availableLeaves
    const weight = (k: number): number => {
      if (open[k]! <= 0) return 0
      return this.#sampling === 'masked' ? probability[k]! : probability[k]! * open[k]!
    }
    let best = -1
    if (choice === 'argmax') {
      let most = -1
      for (let k = 0; k < probability.length; k++) {
        const p = open[k]! > 0 ? probability[k]! : -1
        if (p > most) {
          most = p
          best = k
        }
      }
      return best
    }
    let total = 0
    for (let k = 0; k < probability.length; k++) total += weight(k)
    let left = rng.u() * total
    for (let k = 0; k < probability.length; k++) {
      const w = weight(k)
      if (w === 0) continue
      best = k
      left -= w
      if (left < 0) break
    }
    return best
  }
}

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x))

import type { Block } from '#core/compute/arena'
import type { PathRollout } from './pathRollout.ts'

/**
 * The gradient of Σ −weight·log π(item) − entropyWeight·ΣH(node) over all decisions of taped episodes,
 * into the network's gradient block. Source: Williams, "Simple statistical gradient-following
 * algorithms", Machine Learning 8, 1992; the log-probability of an item is the sum over its path (TP4).
 *
 * The samples of a level are grouped by node, so that each node's head is one product.
 */
export class PathGradient {
  readonly #rollout: PathRollout
  readonly #inputs: Block // gathered rows of one node
  readonly #logits: Block
  readonly #back: Block
  readonly #change: Block // of the heads' inputs, [samples × headWidth]
  readonly #hidden: Block
  readonly #state: Block
  readonly #gates: Block

  /** @param rollout taped; its probabilities are overwritten by each call of `compute` */
  constructor(rollout: PathRollout) {
    const { shape, arena } = rollout.network
    const samples = rollout.rows * rollout.steps
    this.#rollout = rollout
    this.#inputs = arena.block(samples * shape.headWidth)
    this.#logits = arena.block(samples * shape.children)
    this.#back = arena.block(samples * shape.headWidth)
    this.#change = arena.block(samples * shape.headWidth)
    this.#hidden = arena.block(samples * shape.hidden)
    this.#state = arena.block(samples * shape.stateWidth)
    this.#gates = arena.block(samples * 3 * shape.recurrentWidth)
  }

  /** Numbers of arena that it takes. */
  static work({
    network: { shape },
    rows,
    steps,
  }: Pick<PathRollout, 'network' | 'rows' | 'steps'>) {
    const { headWidth, children, hidden, stateWidth, recurrentWidth } = shape
    return rows * steps * (3 * headWidth + children + hidden + stateWidth + 3 * recurrentWidth)
  }

  /**
   * @param weight of each decision, [steps × rows]
   * @returns mean entropy of the decisions that were not forced, in nats per node
   */
  compute(weight: Float64Array, entropyWeight: number): number {
    const { network, levels } = this.#rollout
    network.gradient.values.fill(0)
    this.#change.values.fill(0)
    let entropy = 0
    let decisions = 0
    levels.forEach((_, level) => {
      const found = this.#logitGradients(level, weight, entropyWeight)
      entropy += found.entropy
      decisions += found.decisions
      this.#heads(level)
    })
    this.#trunk()
    this.#cell()
    return decisions === 0 ? 0 : entropy / decisions
  }

  /** Turns the probabilities of a level into the loss's gradient at its logits. */
  #logitGradients(level: number, weight: Float64Array, entropyWeight: number) {
    const { probability, child } = this.#rollout.levels[level]!
    const c = this.#rollout.network.shape.children
    let total = 0
    let decisions = 0
    for (let sample = 0; sample < child.length; sample++) {
      if (child[sample]! < 0) continue
      const at = sample * c
      let entropy = 0
      for (let k = 0; k < c; k++) {
        const p = probability[at + k]!
        if (p > 0) entropy -= p * Math.log(p)
      }
      const w = weight[sample]!
      for (let k = 0; k < c; k++) {
        const p = probability[at + k]!
        if (p === 0) continue
        probability[at + k] = w * p + entropyWeight * p * (Math.log(p) + entropy)
      }
      probability[at + child[sample]!]! -= w
      total += entropy
      decisions++
    }
    return { entropy: total, decisions }
  }

  #heads(level: number): void {
    const { network, inputs, levels } = this.#rollout
    const { probability, node, child } = levels[level]!
    const { shape, arena, gradient } = network
    const { headWidth, children: c } = shape
    for (const samples of groupByNode(node, child, c ** level)) {
      const m = samples.length
      samples.forEach((sample, i) => {
        const from = sample * headWidth
        this.#inputs.values.set(inputs.values.subarray(from, from + headWidth), i * headWidth)
        this.#logits.values.set(probability.subarray(sample * c, (sample + 1) * c), i * c)
      })
      const head = network.headAt(shape.firstNode[level]! + node[samples[0]!]!)
      arena.multiply({
        a: this.#inputs.at,
        transposeA: true,
        b: this.#logits.at,
        out: gradient.at + 4 * head,
        m: headWidth,
        n: c,
        k: m,
      })
      const bias = gradient.at + 4 * (head + headWidth * c)
      arena.kernels.columnSums(this.#logits.at, bias, m, c)
      arena.multiply({
        a: this.#logits.at,
        b: network.at(head),
        transposeB: true,
        out: this.#back.at,
        m,
        n: headWidth,
        k: c,
      })
      samples.forEach((sample, i) => {
        const [to, from] = [sample * headWidth, i * headWidth]
        const [change, back] = [this.#change.values, this.#back.values]
        for (let f = 0; f < headWidth; f++) change[to + f]! += back[from + f]!
      })
    }
  }

  /** From the heads' inputs to the state, through the shared layer if there is one. */
  #trunk(): void {
    const { network, states, hidden, rows, steps } = this.#rollout
    const { shape, arena, gradient } = network
    const { stateWidth, hidden: units, headWidth } = shape
    const m = rows * steps
    const change = this.#change.values
    const state = this.#state.values
    if (units === 0) {
      state.set(change)
      return
    }
    const back = this.#hidden.values
    for (let sample = 0; sample < m; sample++) {
      const from = sample * headWidth + stateWidth
      for (let f = 0; f < units; f++) {
        const at = sample * units + f
        back[at] = hidden.values[at]! > 0 ? change[from + f]! : 0
      }
    }
    const trunk = { k: m, n: units, m: stateWidth }
    arena.multiply({
      ...trunk,
      a: states.at,
      transposeA: true,
      b: this.#hidden.at,
      out: gradient.at + 4 * shape.trunkAt,
    })
    const bias = gradient.at + 4 * (shape.trunkAt + stateWidth * units)
    arena.kernels.columnSums(this.#hidden.at, bias, m, units)
    arena.multiply({
      a: this.#hidden.at,
      b: network.at(shape.trunkAt),
      transposeB: true,
      out: this.#state.at,
      m,
      n: stateWidth,
      k: units,
    })
    for (let sample = 0; sample < m; sample++) {
      const from = sample * headWidth
      for (let f = 0; f < stateWidth; f++) state[sample * stateWidth + f]! += change[from + f]!
    }
  }

  /** Back through time; only the cell's memory carries a gradient from step to step. */
  #cell(): void {
    const { network, cells, gates, cellInputs, rows, steps } = this.#rollout
    const { shape, arena, gradient } = network
    const width = shape.recurrentWidth
    if (width === 0 || steps < 2) return
    const memory = new Float64Array(rows * width)
    const back = this.#gates.values
    for (let step = steps - 2; step >= 0; step--) {
      for (let row = 0; row < rows; row++) {
        const sample = step * rows + row
        const above = ((step + 1) * rows + row) * shape.stateWidth
        for (let f = 0; f < width; f++) {
          const at = sample * width + f
          const gate = sample * 3 * width + f
          const forget = gates.values[gate]!
          const output = gates.values[gate + width]!
          const candidate = gates.values[gate + 2 * width]!
          const tanh = Math.tanh(cells.values[at]!)
          const before = step === 0 ? 0 : cells.values[at - rows * width]!
          const h = this.#state.values[above + f]!
          const cell = h * output * (1 - tanh * tanh) + memory[row * width + f]!
          back[gate] = cell * (before - candidate) * forget * (1 - forget)
          back[gate + width] = h * (tanh - cellInputs.values[at]!) * output * (1 - output)
          back[gate + 2 * width] = cell * (1 - forget)
          memory[row * width + f] = cell * forget
        }
      }
    }
    const samples = rows * (steps - 1)
    arena.multiply({
      a: cellInputs.at,
      transposeA: true,
      b: this.#gates.at,
      out: gradient.at + 4 * shape.cellAt,
      m: width,
      n: 3 * width,
      k: samples,
    })
    const biasAt = shape.cellAt + 3 * width * width
    arena.kernels.columnSums(this.#gates.at, gradient.at + 4 * biasAt, samples, 3 * width)
    // the candidate has no bias (TP3)
    gradient.values.fill(0, biasAt + 2 * width, biasAt + 3 * width)
  }
}

/** Samples that decided something, grouped by their node. */
function groupByNode(node: Int32Array, child: Int32Array, nodes: number): Int32Array[] {
  const start = new Int32Array(nodes + 1)
  for (let s = 0; s < node.length; s++) if (child[s]! >= 0) start[node[s]! + 1]!++
  for (let v = 0; v < nodes; v++) start[v + 1]! += start[v]!
  const next = start.slice(0, nodes)
  const sorted = new Int32Array(start[nodes]!)
  for (let s = 0; s < node.length; s++) if (child[s]! >= 0) sorted[next[node[s]!]!++] = s
  const groups: Int32Array[] = []
  for (let v = 0; v < nodes; v++) {
    if (start[v + 1]! > start[v]!) groups.push(sorted.subarray(start[v], start[v + 1]))
  }
  return groups
}

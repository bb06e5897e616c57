import * as tf from '@tensorflow/tfjs'
import {
  stackGradients,
  stackOutput,
  stackOutputs,
  type DenseLayer,
} from '#core/compute/denseStack'
import type { ComputeOps, ScoringHead } from '#core/compute/ops'
import { normal } from '#core/random/distributions'
import type { Rng } from '#core/random/rng'
import type { ItemTable } from './itemTable.ts'

/** Sizes of a network; `head` is the form of the branch that ranks: A, or Q itself. */
export interface QShape {
  /** Q = V + A (Wang et al., ICML 2016); otherwise one stack gives Q of state and item, as DQN. */
  readonly dueling: boolean
  readonly stateWidth: number
  readonly itemWidth: number // of an item's input, pair features included
  readonly hidden: number
  readonly head: 'hidden1' | 'hidden2' | 'dot'
}

/** Layer that a weight belongs to, for `perturbLayers` and for the inspector. */
export interface WeightInfo {
  readonly name: string
  /** A network without V has the branch that ranks alone. */
  readonly branch: 'value' | 'advantage'
  readonly last: boolean // of its branch
  readonly shape: readonly number[]
}

/**
 * Dueling Q-network of DRN (Zheng et al., WWW 2018, §4.3): Q(s, a) = V(s) + A(s, a), V from the
 * state, A from state and item. The first layer of A is split, W·[s; i] = Ws·s + Wi·i, so that the
 * item side is computed once per weight version. Without `dueling` there is no V, and A is Q.
 *
 * Owns its variables: call `dispose`.
 */
export class QNetwork {
  readonly shape: QShape
  readonly weights: readonly WeightInfo[]
  readonly variables: readonly tf.Variable[]
  readonly #ops: ComputeOps
  readonly #byName: ReadonlyMap<string, tf.Variable>
  readonly #value: readonly DenseLayer[]
  readonly #advantage: readonly DenseLayer[] // of the dot head: the two towers, side by side

  /** @param rng of the initial weights: He et al. (ICCV 2015); biases .01, which noise can move */
  constructor(shape: QShape, ops: ComputeOps, rng: Rng) {
    this.shape = shape
    this.#ops = ops
    this.weights = layout(shape)
    this.variables = this.weights.map((weight) => tf.tidy(() => tf.variable(initial(weight, rng))))
    this.#byName = new Map(this.weights.map((weight, i) => [weight.name, this.variables[i]!]))
    this.#value = this.#layers('value')
    this.#advantage = this.#layers('advantage')
  }

  /** The layers of a branch, first to last: each is a weight and the bias behind it. */
  #layers(branch: WeightInfo['branch']): DenseLayer[] {
    return this.weights.flatMap((weight, i) => {
      if (weight.branch !== branch || weight.shape.length === 1) return []
      const [w, b] = [this.variables[i], this.variables[i + 1]]
      return [{ w, b, activation: weight.last ? 'linear' : 'relu' } as DenseLayer]
    })
  }

  /** Q of each pair, differentiable. @param state [B, S] @param item [B, I] @returns [B, 1] */
  forward(state: tf.Tensor2D, item: tf.Tensor2D): tf.Tensor2D {
    return tf.add(this.value(state), this.#advantageOf(state, item))
  }

  /** V of each state, 0 where the network has none. @param state [B, S] @returns [B, 1] */
  value(state: tf.Tensor2D): tf.Tensor2D {
    if (!this.shape.dueling) return tf.zeros([state.shape[0], 1])
    return stackOutput(stackOutputs(this.#ops, state, this.#value))
  }

  #advantageOf(state: tf.Tensor2D, item: tf.Tensor2D): tf.Tensor2D {
    if (this.shape.head !== 'dot') {
      const input = tf.concat([state, item], 1)
      return stackOutput(stackOutputs(this.#ops, input, this.#advantage))
    }
    const [left, right] = this.#towers(state, item)
    return tf.sum(tf.mul(left, right), 1, true)
  }

  #towers(state: tf.Tensor2D, item: tf.Tensor2D): readonly [tf.Tensor2D, tf.Tensor2D] {
    const [s, i] = [this.#advantage[0]!, this.#advantage[1]!]
    return [
      this.#ops.dense(state, s.w, s.b, s.activation),
      this.#ops.dense(item, i.w, i.b, i.activation),
    ]
  }

  /**
   * As `forward`, with the gradients worked out layer by layer: a tape costs as much as the
   * arithmetic of a small network. To be called inside `tf.tidy`.
   * @param state [B, S]
   * @param item [B, I]
   */
  pass(state: tf.Tensor2D, item: tf.Tensor2D): QPass {
    const advantage = this.#advantageOnly(state, item)
    if (!this.shape.dueling) return advantage
    const values = stackOutputs(this.#ops, state, this.#value)
    return {
      q: tf.add(stackOutput(values), advantage.q),
      gradients: (dq) => [
        ...stackGradients(this.#ops, state, this.#value, values, dq),
        ...advantage.gradients(dq),
      ],
    }
  }

  /** As `pass` for A alone; weights of V have no gradient. */
  advantagePass(
    state: tf.Tensor2D,
    item: tf.Tensor2D,
  ): { readonly q: tf.Tensor2D; gradients(dq: tf.Tensor2D): (tf.Tensor | null)[] } {
    const { q, gradients } = this.#advantageOnly(state, item)
    const ofValue = this.weights.filter(({ branch }) => branch === 'value').map(() => null)
    return { q, gradients: (dq) => [...ofValue, ...gradients(dq)] }
  }

  #advantageOnly(state: tf.Tensor2D, item: tf.Tensor2D) {
    const ops = this.#ops
    if (this.shape.head !== 'dot') {
      const input = tf.concat([state, item], 1)
      const outputs = stackOutputs(ops, input, this.#advantage)
      return {
        q: stackOutput(outputs),
        gradients: (dq: tf.Tensor2D) => stackGradients(ops, input, this.#advantage, outputs, dq),
      }
    }
    const [left, right] = this.#towers(state, item)
    const ofTower = (x: tf.Tensor2D, tower: DenseLayer, y: tf.Tensor2D, dy: tf.Tensor2D) =>
      stackGradients(ops, x, [tower], [y], dy)
    return {
      q: tf.sum<tf.Tensor2D>(tf.mul(left, right), 1, true),
      gradients: (dq: tf.Tensor2D) => [
        ...ofTower(state, this.#advantage[0]!, left, tf.mul(right, dq)),
        ...ofTower(item, this.#advantage[1]!, right, tf.mul(left, dq)),
      ],
    }
  }

  /**
   * Advantages of many users over their pools, for the weights as they are now. V is the same for
   * every candidate of a request, so it does not change a ranking and is not computed.
   * @param rowsAtOnce where items have pair features, requests whose candidates go through the layers
   *   in one product; only at 1 a request's bits are sure not to depend on the others
   */
  scorer(items: ItemTable, rowsAtOnce = 1): AdvantageScorer {
    return items.pairWidth === 0 ? this.#itemScorer(items) : this.#pairScorer(items, rowsAtOnce)
  }

  /** The item side is worked out once, for as long as the weights stay. */
  #itemScorer(items: ItemTable): AdvantageScorer {
    const ops = this.#ops
    const sides = this.#sides()
    const itemSide = ops.itemSide(items.tensor, sides.itemWeight, sides.itemBias)
    const scoring = this.#scoringHead()
    const withUserSide = (states: Float32Array, use: (userSide: tf.Tensor2D) => void): void => {
      const userSide = this.#userSide(states, sides)
      use(userSide)
      userSide.dispose()
    }
    return {
      stateWidth: this.shape.stateWidth,
      score: (states, pools, poolSize, out) =>
        withUserSide(states, (userSide) =>
          ops.scorePools(userSide, itemSide, scoring, pools, poolSize, out),
        ),
      rank: (states, pools, poolSize, k, out) =>
        withUserSide(states, (userSide) =>
          ops.rankPools(userSide, itemSide, scoring, pools, poolSize, k, out),
        ),
      dispose: () => tf.dispose([itemSide, ...Object.values(sides)]),
    }
  }

  /** Every candidate has an input of its own, so that its side is worked out per request. */
  #pairScorer(items: ItemTable, rowsAtOnce: number): AdvantageScorer {
    const ops = this.#ops
    const { stateWidth } = this.shape
    const { pairWidth } = items
    const sides = this.#sides()
    const scoring = this.#scoringHead()
    let places = new Int32Array(0) // 0, 1, 2, …: the candidates of a call are its items
    const score: AdvantageScorer['score'] = (states, pools, poolSize, out, pairs) => {
      const rows = states.length / stateWidth
      for (let row = 0; row < rows; row += rowsAtOnce) {
        const end = Math.min(rows, row + rowsAtOnce)
        const [from, to] = [row * poolSize, end * poolSize]
        if (places.length < to - from) places = Int32Array.from({ length: to - from }, (_, i) => i)
        const inputs = items.inputs(
          pools.subarray(from, to),
          pairs!.subarray(from * pairWidth, to * pairWidth),
        )
        const itemSide = ops.itemSide(inputs, sides.itemWeight, sides.itemBias)
        const userSide = this.#userSide(states.subarray(row * stateWidth, end * stateWidth), sides)
        const candidates = places.subarray(0, to - from)
        ops.scorePools(userSide, itemSide, scoring, candidates, poolSize, out.subarray(from, to))
        tf.dispose([inputs, itemSide, userSide])
      }
    }
    return {
      stateWidth,
      score,
      rank: (states, pools, poolSize, k, out, pairs) => {
        const scores = new Float32Array(pools.length)
        score(states, pools, poolSize, scores, pairs)
        ops.topK(scores, pools.length / poolSize, poolSize, k, out)
      },
      dispose: () => tf.dispose({ ...sides }),
    }
  }

  /** The first layer of A, split; copies that the caller disposes. */
  #sides(): FirstLayer {
    const { stateWidth, itemWidth, hidden, head } = this.shape
    const hiddenLayer = rankingLayer(this.shape, 'hidden')
    return tf.tidy(() => {
      if (head === 'dot') {
        return {
          userWeight: tf.clone(this.#matrix('state tower')),
          userBias: tf.clone(this.#bias('state tower')),
          itemWeight: tf.clone(this.#matrix('item tower')),
          itemBias: tf.clone(this.#bias('item tower')),
        }
      }
      const w = this.#matrix(hiddenLayer)
      return {
        userWeight: tf.slice(w, [0, 0], [stateWidth, hidden]),
        userBias: tf.zeros<tf.Rank.R1>([hidden]),
        itemWeight: tf.slice(w, [stateWidth, 0], [itemWidth, hidden]),
        itemBias: tf.clone(this.#bias(hiddenLayer)),
      }
    })
  }

  #userSide(states: Float32Array, { userWeight, userBias }: FirstLayer): tf.Tensor2D {
    const { stateWidth } = this.shape
    return tf.tidy(() =>
      this.#ops.dense(
        tf.tensor2d(states, [states.length / stateWidth, stateWidth]),
        userWeight,
        userBias,
        'linear',
      ),
    )
  }

  #scoringHead(): ScoringHead {
    const { head } = this.shape
    if (head === 'dot') return { kind: 'dot' }
    const last = rankingLayer(this.shape, 'out')
    const out = { w: this.#matrix(last), b: this.#bias(last) }
    if (head === 'hidden1') return { kind: 'hidden1', ...out }
    const second = rankingLayer(this.shape, 'hidden 2')
    return { kind: 'hidden2', hiddenW: this.#matrix(second), hiddenB: this.#bias(second), ...out }
  }

  #matrix(layer: string): tf.Tensor2D {
    return this.#byName.get(`${layer} weight`)! as tf.Tensor2D
  }

  #bias(layer: string): tf.Tensor1D {
    return this.#byName.get(`${layer} bias`)! as tf.Tensor1D
  }

  /** A copy of the weights, in the order of `weights`. */
  state(): Float32Array[] {
    return this.variables.map((variable) => Float32Array.from(variable.dataSync()))
  }

  /** @throws RangeError if a tensor does not fit */
  restore(state: readonly Float32Array[]): void {
    this.variables.forEach((variable, i) => {
      const values = state[i]
      if (values?.length !== variable.size) {
        throw new RangeError(
          `weight "${this.weights[i]!.name}" holds ${variable.size} numbers, the saved one ${String(values?.length)}`,
        )
      }
      tf.tidy(() => variable.assign(tf.tensor(values, variable.shape)))
    })
  }

  dispose(): void {
    tf.dispose([...this.variables])
  }
}

/** One forward pass and its way back. */
export interface QPass {
  readonly q: tf.Tensor2D // [B, 1]
  /** @param dq gradient of the loss at `q` @returns gradients in the order of `variables` */
  gradients(dq: tf.Tensor2D): tf.Tensor[]
}

/** W·[s; i] + b = userWeight·s + userBias + itemWeight·i + itemBias. */
type FirstLayer = Readonly<{
  userWeight: tf.Tensor2D
  userBias: tf.Tensor1D
  itemWeight: tf.Tensor2D
  itemBias: tf.Tensor1D
}>

/** Serves one weight version; call `dispose`. */
export interface AdvantageScorer {
  readonly stateWidth: number
  /**
   * As `ComputeOps.scorePools`.
   * @param states [R × S], row-major
   * @param pairs [R × poolSize × P], where items have pair features
   */
  score(
    states: Float32Array,
    pools: Int32Array,
    poolSize: number,
    out: Float32Array,
    pairs?: Float32Array,
  ): void
  /** As `ComputeOps.rankPools`: the best k by the same scores. @param states [R × S] */
  rank(
    states: Float32Array,
    pools: Int32Array,
    poolSize: number,
    k: number,
    out: Int32Array,
    pairs?: Float32Array,
  ): void
  dispose(): void
}

/** Name of a layer of the branch that ranks. */
const rankingLayer = ({ dueling }: QShape, layer: string): string =>
  dueling ? `advantage ${layer}` : layer

function layout(shape: QShape): WeightInfo[] {
  const { stateWidth, itemWidth, hidden, head, dueling } = shape
  const layer = (
    name: string,
    branch: WeightInfo['branch'],
    inputs: number,
    outputs: number,
    last = false,
  ): WeightInfo[] => [
    { name: `${name} weight`, branch, last, shape: [inputs, outputs] },
    { name: `${name} bias`, branch, last, shape: [outputs] },
  ]
  const value = dueling
    ? [
        ...layer('value hidden', 'value', stateWidth, hidden),
        ...layer('value out', 'value', hidden, 1, true),
      ]
    : []
  if (head === 'dot') {
    return [
      ...value,
      ...layer('state tower', 'advantage', stateWidth, hidden, true),
      ...layer('item tower', 'advantage', itemWidth, hidden, true),
    ]
  }
  return [
    ...value,
    ...layer(rankingLayer(shape, 'hidden'), 'advantage', stateWidth + itemWidth, hidden),
    ...(head === 'hidden2'
      ? layer(rankingLayer(shape, 'hidden 2'), 'advantage', hidden, hidden)
      : []),
    ...layer(rankingLayer(shape, 'out'), 'advantage', hidden, 1, true),
  ]
}

function initial(weight: WeightInfo, rng: Rng): tf.Tensor {
  const [inputs, outputs] = weight.shape
  if (outputs === undefined) return tf.fill([inputs!], 0.01)
  // rewards are click rates of a few per cent: first scores far above them would only be unlearnt
  const sd = Math.sqrt(2 / inputs!) * (weight.last ? 0.1 : 1)
  const values = Float32Array.from({ length: inputs! * outputs }, () => sd * normal(rng))
  return tf.tensor2d(values, [inputs!, outputs])
}

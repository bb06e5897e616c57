import * as tf from '@tensorflow/tfjs'
import type { ComputeOps, ScoringHead } from '#core/compute/ops'
import { normal } from '#core/random/distributions'
import type { Rng } from '#core/random/rng'

/** Sizes of a network; `head` is the form of the advantage branch. */
export interface QShape {
  readonly stateWidth: number
  readonly itemWidth: number
  readonly hidden: number
  readonly head: 'hidden1' | 'hidden2' | 'dot'
}

/** Layer that a weight belongs to, for `perturbLayers` and for the inspector. */
export interface WeightInfo {
  readonly name: string
  readonly branch: 'value' | 'advantage'
  readonly last: boolean // of its branch
  readonly shape: readonly number[]
}

/**
 * Dueling Q-network of DRN (Zheng et al., WWW 2018, §4.3): Q(s, a) = V(s) + A(s, a), V from the
 * state, A from state and item. The first layer of A is split, W·[s; i] = Ws·s + Wi·i, so that the
 * item side is computed once per weight version.
 *
 * Owns its variables: call `dispose`.
 */
export class QNetwork {
  readonly shape: QShape
  readonly weights: readonly WeightInfo[]
  readonly variables: readonly tf.Variable[]
  readonly #ops: ComputeOps
  readonly #byName: ReadonlyMap<string, tf.Variable>

  /** @param rng of the initial weights: He et al. (ICCV 2015); biases .01, which noise can move */
  constructor(shape: QShape, ops: ComputeOps, rng: Rng) {
    this.shape = shape
    this.#ops = ops
    this.weights = layout(shape)
    this.variables = this.weights.map((weight) => tf.tidy(() => tf.variable(initial(weight, rng))))
    this.#byName = new Map(this.weights.map((weight, i) => [weight.name, this.variables[i]!]))
  }

  /** Q of each pair, differentiable. @param state [B, S] @param item [B, I] @returns [B, 1] */
  forward(state: tf.Tensor2D, item: tf.Tensor2D): tf.Tensor2D {
    return tf.add(this.value(state), this.#advantage(state, item))
  }

  /** V of each state. @param state [B, S] @returns [B, 1] */
  value(state: tf.Tensor2D): tf.Tensor2D {
    const hidden = this.#dense(state, 'value hidden', 'relu')
    return this.#dense(hidden, 'value out', 'linear')
  }

  #advantage(state: tf.Tensor2D, item: tf.Tensor2D): tf.Tensor2D {
    if (this.shape.head === 'dot') {
      const left = this.#dense(state, 'state tower', 'linear')
      const right = this.#dense(item, 'item tower', 'linear')
      return tf.sum(tf.mul(left, right), 1, true)
    }
    let hidden = this.#dense(tf.concat([state, item], 1), 'advantage hidden', 'relu')
    if (this.shape.head === 'hidden2') hidden = this.#dense(hidden, 'advantage hidden 2', 'relu')
    return this.#dense(hidden, 'advantage out', 'linear')
  }

  #dense(x: tf.Tensor2D, layer: string, activation: 'linear' | 'relu'): tf.Tensor2D {
    return this.#ops.dense(x, this.#matrix(layer), this.#bias(layer), activation)
  }

  /**
   * Advantages of many users over their pools, for the weights as they are now. V is the same for
   * every candidate of a request, so it does not change a ranking and is not computed.
   * @param items [N, I]
   */
  scorer(items: tf.Tensor2D): AdvantageScorer {
    const { stateWidth, itemWidth, hidden, head } = this.shape
    const ops = this.#ops
    const [userWeight, itemSide] = tf.tidy(() => {
      if (head === 'dot') {
        const side = ops.itemSide(items, this.#matrix('item tower'), this.#bias('item tower'))
        return [tf.clone(this.#matrix('state tower')), side]
      }
      const w = this.#matrix('advantage hidden')
      const side = ops.itemSide(
        items,
        tf.slice(w, [stateWidth, 0], [itemWidth, hidden]),
        this.#bias('advantage hidden'),
      )
      return [tf.slice(w, [0, 0], [stateWidth, hidden]), side]
    })
    const userBias =
      head === 'dot' ? tf.clone(this.#bias('state tower')) : tf.zeros<tf.Rank.R1>([hidden])
    const scoring = this.#scoringHead()
    return {
      score: (states, pools, poolSize, out) => {
        const rows = states.length / stateWidth
        const userSide = tf.tidy(() =>
          ops.dense(tf.tensor2d(states, [rows, stateWidth]), userWeight, userBias, 'linear'),
        )
        ops.scorePools(userSide, itemSide, scoring, pools, poolSize, out)
        userSide.dispose()
      },
      dispose: () => tf.dispose([userWeight, userBias, itemSide]),
    }
  }

  #scoringHead(): ScoringHead {
    const { head } = this.shape
    if (head === 'dot') return { kind: 'dot' }
    const out = { w: this.#matrix('advantage out'), b: this.#bias('advantage out') }
    if (head === 'hidden1') return { kind: 'hidden1', ...out }
    return {
      kind: 'hidden2',
      hiddenW: this.#matrix('advantage hidden 2'),
      hiddenB: this.#bias('advantage hidden 2'),
      ...out,
    }
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

/** Serves one weight version; call `dispose`. */
export interface AdvantageScorer {
  /** As `ComputeOps.scorePools`. @param states [R × S], row-major */
  score(states: Float32Array, pools: Int32Array, poolSize: number, out: Float32Array): void
  dispose(): void
}

function layout(shape: QShape): WeightInfo[] {
  const { stateWidth, itemWidth, hidden, head } = shape
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
  const value = [
    ...layer('value hidden', 'value', stateWidth, hidden),
    ...layer('value out', 'value', hidden, 1, true),
  ]
  if (head === 'dot') {
    return [
      ...value,
      ...layer('state tower', 'advantage', stateWidth, hidden, true),
      ...layer('item tower', 'advantage', itemWidth, hidden, true),
    ]
  }
  return [
    ...value,
    ...layer('advantage hidden', 'advantage', stateWidth + itemWidth, hidden),
    ...(head === 'hidden2' ? layer('advantage hidden 2', 'advantage', hidden, hidden) : []),
    ...layer('advantage out', 'advantage', hidden, 1, true),
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

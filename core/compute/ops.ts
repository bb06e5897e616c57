import type * as tf from '@tensorflow/tfjs'
import type { Rng } from '#core/random/rng'

/**
 * What learners compute through. `tfOps` runs on every tfjs backend; `simdOps` runs the same
 * operations in place on the heap of the wasm backend. Both take and return ordinary tensors, so a
 * learner may mix them with the rest of tfjs.
 */
export interface ComputeOps {
  readonly id: 'tfjs' | 'simd'

  /**
   * activation(x·w + b), differentiable under `tf.variableGrads`.
   * @param x [B, I]
   * @param w [I, O]
   * @param b [O]
   * @returns [B, O]
   */
  dense(x: tf.Tensor2D, w: tf.Tensor2D, b: tf.Tensor1D, activation: Activation): tf.Tensor2D

  /**
   * Gradients of one dense layer for a learner that knows its own chain of layers: the tape of
   * `tf.variableGrads` costs more than a small network's arithmetic.
   * @param x [B, I] what `dense` was given
   * @param w [I, O]
   * @param y [B, O] what `dense` returned
   * @param dy [B, O] gradient of the loss at y
   * @param wantsInput whether `x` is to be returned; null otherwise
   */
  denseGradient(
    x: tf.Tensor2D,
    w: tf.Tensor2D,
    y: tf.Tensor2D,
    dy: tf.Tensor2D,
    activation: Activation,
    wantsInput: boolean,
  ): DenseGradient

  /**
   * An optimiser whose slots belong to these parameters, in this order.
   * @throws RangeError for a hyperparameter outside its range, naming it
   */
  optimizer(
    kind: OptimizerKind,
    hyper: OptimizerHyper,
    parameters: readonly tf.Variable[],
  ): Optimizer

  /**
   * Item side of a split first layer, items·w + b: since W·[u; i] = Wu·u + Wi·i, it depends on the
   * weights and the items only, and the caller keeps it for as long as both stay.
   * @param items [N, I]
   * @param w [I, H]
   * @param b [H]
   * @returns [N, H]
   */
  itemSide(items: tf.Tensor2D, w: tf.Tensor2D, b: tf.Tensor1D): tf.Tensor2D

  /**
   * Scores R users over their pools. A row's bits depend on that row alone, never on R.
   * @param userSide [R, H]
   * @param itemSide [N, H]
   * @param pools item rows, [R · poolSize] row by row; null scores all N items for every user
   * @param poolSize items per pool; N when `pools` is null
   * @param out receives the scores, [R · poolSize]
   * @throws RangeError if shapes disagree or a pool names a row outside [0, N)
   */
  scorePools(
    userSide: tf.Tensor2D,
    itemSide: tf.Tensor2D,
    head: ScoringHead,
    pools: Int32Array | null,
    poolSize: number,
    out: Float32Array,
  ): void

  /**
   * `scorePools` and `topK` in one: the positions within each pool of its k best items, for callers
   * that need no scores.
   * @param out receives the positions, [R · k]
   */
  rankPools(
    userSide: tf.Tensor2D,
    itemSide: tf.Tensor2D,
    head: ScoringHead,
    pools: Int32Array | null,
    poolSize: number,
    k: number,
    out: Int32Array,
  ): void

  /**
   * Positions of the k largest scores of each row, best first, ties by position. NaN counts as −∞.
   * @param scores [rows · width]
   * @param out receives the positions within the row, [rows · k]
   * @throws RangeError if k > width or an array is too short
   */
  topK(scores: Float32Array, rows: number, width: number, k: number, out: Int32Array): void

  /**
   * target ← source + ΔW: the explore network of dueling bandit gradient descent.
   *
   * Takes a 64-bit Philox key from `rng` (two draws); the number of weight i of tensor t is then word
   * i mod 4 of block (⌊i/4⌋, t), in [−1, 1) with 24 bits, so that all implementations give the same
   * bits. Zheng et al., "DRN", WWW 2018, eq. 5 reads α · rand(−1, 1) · W.
   * @param source tensors of any shape; may be the targets themselves
   */
  perturb(
    source: readonly tf.Variable[],
    target: readonly tf.Variable[],
    perturbation: Perturbation,
    rng: Rng,
  ): void

  /** target ← source, bit for bit. */
  copy(target: readonly tf.Variable[], source: readonly tf.Variable[]): void

  /**
   * target ← target + tau · (source − target): a soft target update (Lillicrap et al., ICLR 2016) or
   * the step of dueling bandit gradient descent. Equal tensors stay bit-identical.
   */
  polyak(target: readonly tf.Variable[], source: readonly tf.Variable[], tau: number): void

  /** target ← target + factor · source, tensor by tensor. */
  addScaled(target: readonly tf.Variable[], source: readonly tf.Variable[], factor: number): void
}

/** Gradients of the loss, each of its input's shape. */
export interface DenseGradient {
  readonly x: tf.Tensor2D | null
  readonly w: tf.Tensor2D
  readonly b: tf.Tensor1D
}

export type Activation = 'linear' | 'relu'

/** What turns (user side u, item side p), both [H], into a score. */
export type ScoringHead =
  /** u · p */
  | { readonly kind: 'dot' }
  /** relu(u + p) · w + b, w [H, 1], b [1] */
  | { readonly kind: 'hidden1'; readonly w: tf.Tensor2D; readonly b: tf.Tensor1D }
  /** relu(relu(u + p) · hiddenW + hiddenB) · w + b, hiddenW [H, G], hiddenB [G], w [G, 1], b [1] */
  | {
      readonly kind: 'hidden2'
      readonly hiddenW: tf.Tensor2D
      readonly hiddenB: tf.Tensor1D
      readonly w: tf.Tensor2D
      readonly b: tf.Tensor1D
    }

/**
 * How ΔW is drawn, r uniform in [−1, 1): `element` α·r·w with one r per weight (moves no zero and no
 * sign while α < 1); `additive` α·r·√(mean w² + 10⁻⁶) per weight, the mean over the tensor; `tensor`
 * α·r·w with one r per tensor.
 */
export interface Perturbation {
  readonly scope: 'element' | 'additive' | 'tensor'
  readonly alpha: number
}

export type OptimizerKind = 'adam' | 'sgd' | 'momentum'

export interface OptimizerHyper {
  readonly learningRate: number
  /** Adam: decay of the first moment; default 0.9 (Kingma & Ba, ICLR 2015) */
  readonly beta1?: number
  /** Adam: decay of the second moment; default 0.999 (Kingma & Ba, ICLR 2015) */
  readonly beta2?: number
  /** Adam: added to √v̂; default 1e-7, as float32 makes nothing of 1e-8 beside small weights (tfjs) */
  readonly epsilon?: number
  /** momentum: share of the last step's velocity; default 0.9 */
  readonly momentum?: number
}

export interface Optimizer {
  /** One step in place; `gradients` in the order of the parameters, each of its parameter's shape. */
  step(gradients: readonly tf.Tensor[]): void
  /** Exact copy of what the next steps depend on. */
  state(): OptimizerState
  /** @throws RangeError if the slots do not fit the parameters */
  restore(state: OptimizerState): void
  dispose(): void
}

export interface OptimizerState {
  readonly steps: number
  /** adam: first and second moment of parameter 0, of parameter 1, …; momentum: velocities; sgd: none */
  readonly slots: readonly Float32Array[]
}

import type * as tf from '@tensorflow/tfjs'
import type { Activation, ComputeOps } from './ops.ts'

export interface DenseLayer {
  readonly w: tf.Variable<tf.Rank.R2>
  readonly b: tf.Variable<tf.Rank.R1>
  readonly activation: Activation
}

/**
 * Outputs of every layer, first to last, for `stackGradients`; to be called inside `tf.tidy`.
 * @param x [B, inputs of the first layer]
 */
export function stackOutputs(
  ops: ComputeOps,
  x: tf.Tensor2D,
  layers: readonly DenseLayer[],
): tf.Tensor2D[] {
  const outputs: tf.Tensor2D[] = []
  for (const { w, b, activation } of layers) {
    outputs.push(ops.dense(outputs.at(-1) ?? x, w, b, activation))
  }
  return outputs
}

/** The last layer's output. */
export function stackOutput(outputs: readonly tf.Tensor2D[]): tf.Tensor2D {
  const last = outputs.at(-1)
  if (!last) throw new RangeError('a stack without layers has no output')
  return last
}

/**
 * Back-propagation through a stack of dense layers without a tape; to be called inside `tf.tidy`.
 * @param outputs what `stackOutputs` returned for x
 * @param dy gradient of the loss at the last output
 * @returns gradients of w and b of the first layer, of the second, …: the order of `stackParameters`
 */
export function stackGradients(
  ops: ComputeOps,
  x: tf.Tensor2D,
  layers: readonly DenseLayer[],
  outputs: readonly tf.Tensor2D[],
  dy: tf.Tensor2D,
): tf.Tensor[] {
  const gradients: tf.Tensor[] = []
  let change = dy
  for (let i = layers.length - 1; i >= 0; i--) {
    const { w, activation } = layers[i]!
    const input = i === 0 ? x : outputs[i - 1]!
    const gradient = ops.denseGradient(input, w, outputs[i]!, change, activation, i > 0)
    gradients.unshift(gradient.w, gradient.b)
    if (gradient.x) change = gradient.x
  }
  return gradients
}

/** The parameters in the order of `stackGradients`. */
export function stackParameters(layers: readonly DenseLayer[]): tf.Variable[] {
  return layers.flatMap(({ w, b }): tf.Variable[] => [w, b])
}

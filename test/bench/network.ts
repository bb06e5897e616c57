import * as tf from '@tensorflow/tfjs'
import type { DenseLayer } from '#core/compute/denseStack'

/** Weights and biases of 256 → 128 → 64 → 1, the network that both sides train. */
export function readNetwork(input: (name: string) => tf.Tensor): DenseLayer[] {
  return [1, 2, 3].map((i) => ({
    w: tf.variable<tf.Rank.R2>(input(`w${i}`).clone() as tf.Tensor2D),
    b: tf.variable<tf.Rank.R1>(input(`b${i}`).clone() as tf.Tensor1D),
    activation: i < 3 ? 'relu' : 'linear',
  }))
}

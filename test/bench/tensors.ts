import * as tf from '@tensorflow/tfjs'
import type { Arrays } from './arrays.ts'

export function toTensors(arrays: Arrays): Record<string, tf.Tensor> {
  return Object.fromEntries(
    Object.entries(arrays).map(([name, { shape, values }]) => [
      name,
      tf.tensor(values, [...shape]),
    ]),
  )
}

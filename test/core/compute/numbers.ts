import * as tf from '@tensorflow/tfjs'
import { streams } from '#core/random/philox'

/** n reproducible numbers in [−scale, scale). */
export function numbers(name: string, n: number, scale = 1): Float32Array {
  const rng = streams(11)(name, n)
  return Float32Array.from({ length: n }, () => scale * (2 * rng.u() - 1))
}

export function matrix(name: string, rows: number, columns: number, scale = 1): tf.Tensor2D {
  return tf.tensor2d(numbers(name, rows * columns, scale), [rows, columns])
}

export function vector(name: string, n: number, scale = 1): tf.Tensor1D {
  return tf.tensor1d(numbers(name, n, scale))
}

/** Largest |a − b|, relative to the largest |b| but at least 1e-3. */
export function relativeError(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Infinity
  let error = 0
  let size = 1e-3
  for (let i = 0; i < a.length; i++) {
    const difference = Math.abs(a[i]! - b[i]!)
    if (!(difference <= error)) error = difference
    size = Math.max(size, Math.abs(b[i]!))
  }
  return error / size
}

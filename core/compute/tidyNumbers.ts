import * as tf from '@tensorflow/tfjs'

/**
 * `tf.tidy` for work that gives numbers. tfjs looks for tensors in what a tidy function returns, one element of
 * an array after the other, which takes longer than a small network.
 */
export function tidyNumbers<T>(work: () => T): T {
  const result: T[] = []
  tf.tidy(() => {
    result.push(work())
  })
  return result[0]!
}

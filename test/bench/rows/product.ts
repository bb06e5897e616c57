import * as tf from '@tensorflow/tfjs'
import { normal } from '../arrays.ts'
import type { BenchRow, PreparedRow } from '../benchRow.ts'
import { toTensors } from '../tensors.ts'

/** The matrix product 256 × 256 × 128 through `tf.matMul`, with its call overhead. */
export function productRows(): BenchRow[] {
  return [
    {
      id: 'matmul-numpy',
      what: 'product 256 × 256 × 128',
      peer: 'numpy',
      target: 2.2,
      stretch: null,
      prepare: () => product(false),
    },
    {
      id: 'matmul-stock',
      what: 'product 256 × 256 × 128',
      peer: 'stock tfjs',
      target: 1,
      stretch: null,
      prepare: () => product(false),
    },
    {
      id: 'matmul-transposed-stock',
      what: 'product 256 × 256 × 128, transposed left side',
      peer: 'stock tfjs',
      target: 0.1,
      stretch: null,
      prepare: () => product(true),
    },
  ]
}

function product(transposed: boolean): PreparedRow {
  const inputs = { a: normal('a', [256, 256]), b: normal('b', [256, 128]) }
  const t = toTensors(inputs)
  const multiply = (): tf.Tensor => tf.matMul(t['a']!, t['b']!, transposed)
  return {
    work: { name: 'matmul', sizes: { transposed: transposed ? 1 : 0 } },
    inputs,
    run: () => multiply().dispose(),
    check: () => tf.tidy(() => [...multiply().dataSync().subarray(0, 8)]),
    tolerance: 1e-4,
    dispose: () => tf.dispose(t),
  }
}

import * as tf from '@tensorflow/tfjs'
import { multiply } from './matrixProduct.ts'
import { shapeText } from './shapes.ts'
import type { WasmHeap } from './wasmHeap.ts'

/**
 * Replaces tfjs's two matrix products on the wasm backend. The stock ones keep packed weights by
 * tensor id and would go on with the old weights after a write in place; besides, they compute
 * transposed products in a scalar loop.
 */
export function overrideMatMul(heap: WasmHeap): void {
  replace('BatchMatMul', ({ inputs, attrs }) => batchProduct(heap, inputs, attrs, false))
  replace('_FusedMatMul', (args) => fusedProduct(heap, args))
}

type KernelArguments = Parameters<tf.KernelFunc>[0]

function replace(kernelName: string, kernelFunc: (args: KernelArguments) => tf.TensorInfo): void {
  const stock = tf.getKernel(kernelName, 'wasm')
  tf.unregisterKernel(kernelName, 'wasm')
  tf.registerKernel({ ...stock, kernelFunc })
}

/** Activations beyond relu run as kernels of their own, by the names that tfjs gives them. */
const activationKernels: Readonly<Record<string, string>> = {
  relu6: 'Relu6',
  prelu: 'Prelu',
  leakyrelu: 'LeakyRelu',
  sigmoid: 'Sigmoid',
  elu: 'Elu',
}

function fusedProduct(heap: WasmHeap, { inputs, attrs, backend }: KernelArguments): tf.TensorInfo {
  const asked = attrs?.['activation']
  const activation = typeof asked === 'string' ? asked : 'linear'
  const out = batchProduct(heap, inputs, attrs, activation === 'relu')
  if (activation === 'linear' || activation === 'relu') return out
  const name = activationKernels[activation]
  if (!name)
    throw new Error(`activation ${activation} is not supported by the fused matrix product`)
  const activated = tf.getKernel(name, 'wasm').kernelFunc({
    backend,
    inputs: { x: out, alpha: inputs['preluActivationWeights'] },
    attrs: { alpha: attrs?.['leakyreluAlpha'] ?? 0 },
  })
  heap.release(out)
  return Array.isArray(activated) ? activated[0]! : activated
}

/** a [..., M, K] · b [..., K, N], each transposed in its last two axes if so asked; batches broadcast. */
function batchProduct(
  heap: WasmHeap,
  inputs: tf.NamedTensorInfoMap,
  attrs: tf.NamedAttrMap | undefined,
  relu: boolean,
): tf.TensorInfo {
  const { a, b, bias } = inputs
  if (!a || !b) throw new Error('a matrix product needs a and b')
  const [aRows, aColumns] = lastAxes(a.shape)
  const [bRows, bColumns] = lastAxes(b.shape)
  const [transposeA, transposeB] = [Boolean(attrs?.['transposeA']), Boolean(attrs?.['transposeB'])]
  const [m, k] = transposeA ? [aColumns, aRows] : [aRows, aColumns]
  const [inner, n] = transposeB ? [bColumns, bRows] : [bRows, bColumns]
  if (inner !== k) {
    throw new Error(
      `matMul: inner sizes ${k} and ${inner} of ${shapeText(a)} and ${shapeText(b)} differ`,
    )
  }
  if (bias && (bias.shape.length !== 1 || bias.shape[0] !== n)) {
    throw new Error(`matMul: bias ${shapeText(bias)} must be [${n}]`)
  }
  const outer = tf.broadcast_util.assertAndGetBroadcastShape(
    a.shape.slice(0, -2),
    b.shape.slice(0, -2),
  )
  const batch = tf.util.sizeFromShape(outer)
  const out = heap.output([...outer, m, n])
  const [aBatch, bBatch] = [
    tf.util.sizeFromShape(a.shape) / (m * k),
    tf.util.sizeFromShape(b.shape) / (k * n),
  ]
  for (let i = 0; i < batch; i++) {
    multiply(heap, {
      a: heap.pointer(a) + (i % aBatch) * m * k * 4,
      transposeA,
      b: heap.pointer(b) + (i % bBatch) * k * n * 4,
      transposeB,
      bias: bias ? heap.pointer(bias) : 0,
      out: heap.pointer(out) + i * m * n * 4,
      m,
      n,
      k,
      relu,
    })
  }
  return out
}

function lastAxes(shape: readonly number[]): readonly [number, number] {
  return [shape.at(-2)!, shape.at(-1)!]
}

import * as tf from '@tensorflow/tfjs'
import type { Activation, DenseGradient } from './ops.ts'
import { shapeText } from './shapes.ts'
import { multiply } from './matrixProduct.ts'
import type { WasmHeap } from './wasmHeap.ts'

const DENSE = 'DuelistDense'
const RELU_GRADIENT = 'DuelistReluGradient'
const DENSE_GRADIENT = 'DuelistDenseGradient'
const COLUMN_SUMS = 'DuelistColumnSums'

/**
 * Registers activation(x·w + b) and the pieces of its gradient with tfjs. Each input's gradient is a
 * function, so that the tape skips the gradient of a layer's input where nothing asks for it.
 */
export function registerDense(heap: WasmHeap): void {
  const { kernels } = heap
  register(DENSE, ({ inputs, attrs }) => {
    const [x, w, b] = [inputs['x']!, inputs['w']!, inputs['b']!]
    const [m, k] = [x.shape[0]!, x.shape[1]!]
    const n = w.shape[1]!
    const out = heap.output([m, n])
    multiply(heap, {
      a: heap.pointer(x),
      transposeA: false,
      b: heap.pointer(w),
      transposeB: false,
      bias: heap.pointer(b),
      out: heap.pointer(out),
      m,
      n,
      k,
      relu: attrs?.['activation'] === 'relu',
    })
    return out
  })
  register(RELU_GRADIENT, ({ inputs }) => {
    const [dy, y] = [inputs['dy']!, inputs['y']!]
    const out = heap.output(y.shape)
    const size = tf.util.sizeFromShape(y.shape)
    kernels.reluGradient(heap.pointer(dy), heap.pointer(y), heap.pointer(out), size)
    return out
  })
  register(COLUMN_SUMS, ({ inputs }) => {
    const dy = inputs['dy']!
    const out = heap.output([dy.shape[1]!])
    kernels.columnSums(heap.pointer(dy), heap.pointer(out), dy.shape[0]!, dy.shape[1]!)
    return out
  })
  register(DENSE_GRADIENT, ({ inputs, attrs }) => layerGradient(heap, inputs, attrs))
  if (tf.getGradient(DENSE) as tf.GradConfig | undefined) return
  tf.registerGradient({
    kernelName: DENSE,
    inputsToSave: ['x', 'w'],
    outputsToSave: [true],
    gradFunc(dy, saved, attrs) {
      const [x, w, y] = saved as [tf.Tensor2D, tf.Tensor2D, tf.Tensor2D]
      if (Array.isArray(dy)) throw new Error('a dense layer has one output')
      const change = attrs['activation'] === 'relu' ? run(RELU_GRADIENT, { dy, y }, {}) : dy
      return {
        x: () => product(change, w, false, true),
        w: () => product(x, change, true, false),
        b: () => run(COLUMN_SUMS, { dy: change }, {}),
      }
    },
  })
}

/** @throws RangeError if the shapes do not fit */
export function dense(
  x: tf.Tensor2D,
  w: tf.Tensor2D,
  b: tf.Tensor1D,
  activation: Activation,
): tf.Tensor2D {
  if (x.shape[1] !== w.shape[0] || b.shape[0] !== w.shape[1]) {
    throw new RangeError(
      `dense: x ${shapeText(x)}, w ${shapeText(w)} and b ${shapeText(b)} do not fit`,
    )
  }
  return run(DENSE, { x, w, b }, { activation }) as tf.Tensor2D
}

/** The gradients of x, w and b in one call; the kernel returns w, b and, if asked for, x. */
export function denseGradient(
  x: tf.Tensor2D,
  w: tf.Tensor2D,
  y: tf.Tensor2D,
  dy: tf.Tensor2D,
  activation: Activation,
  wantsInput: boolean,
): DenseGradient {
  const [rows, columns] = [x.shape[0], w.shape[1]]
  if (
    x.shape[1] !== w.shape[0] ||
    [y, dy].some((t) => t.shape[0] !== rows || t.shape[1] !== columns)
  ) {
    const shapes = [x, w, y, dy].map(shapeText).join(', ')
    throw new RangeError(`denseGradient: x, w, y and dy of shapes ${shapes} do not fit`)
  }
  const outputs: unknown = tf
    .engine()
    .runKernel(DENSE_GRADIENT, { x, w, y, dy }, { activation, wantsInput })
  const [dw, db, dx] = outputs as [tf.Tensor2D, tf.Tensor1D, tf.Tensor2D?]
  return { x: dx ?? null, w: dw, b: db }
}

function layerGradient(
  heap: WasmHeap,
  inputs: tf.NamedTensorInfoMap,
  attrs: tf.NamedAttrMap | undefined,
): tf.TensorInfo[] {
  const [x, w, y, dy] = [inputs['x']!, inputs['w']!, inputs['y']!, inputs['dy']!]
  const [rows, inner] = [x.shape[0]!, x.shape[1]!]
  const columns = w.shape[1]!
  const masked = attrs?.['activation'] === 'relu' ? heap.output([rows, columns]) : null
  if (masked) {
    const size = rows * columns
    heap.kernels.reluGradient(heap.pointer(dy), heap.pointer(y), heap.pointer(masked), size)
  }
  const change = heap.pointer(masked ?? dy)
  const plain = { bias: 0, relu: false }
  const [dw, db] = [heap.output([inner, columns]), heap.output([columns])]
  heap.kernels.columnSums(change, heap.pointer(db), rows, columns)
  multiply(heap, {
    ...plain,
    a: heap.pointer(x),
    transposeA: true,
    b: change,
    transposeB: false,
    out: heap.pointer(dw),
    m: inner,
    n: columns,
    k: rows,
  })
  const outputs = [dw, db]
  if (attrs?.['wantsInput']) {
    const dx = heap.output([rows, inner])
    multiply(heap, {
      ...plain,
      a: change,
      transposeA: false,
      b: heap.pointer(w),
      transposeB: true,
      out: heap.pointer(dx),
      m: rows,
      n: inner,
      k: columns,
    })
    outputs.push(dx)
  }
  if (masked) heap.release(masked)
  return outputs
}

function product(a: tf.Tensor, b: tf.Tensor, transposeA: boolean, transposeB: boolean): tf.Tensor {
  return run('BatchMatMul', { a, b }, { transposeA, transposeB })
}

function run(kernel: string, inputs: tf.NamedTensorMap, attrs: tf.NamedAttrMap): tf.Tensor {
  return tf.engine().runKernel(kernel, inputs, attrs)
}

function register(kernelName: string, kernelFunc: tf.KernelFunc): void {
  if (tf.getKernel(kernelName, 'wasm') as tf.KernelConfig | undefined) {
    tf.unregisterKernel(kernelName, 'wasm')
  }
  tf.registerKernel({ kernelName, backendName: 'wasm', kernelFunc })
}

import type * as tf from '@tensorflow/tfjs'
import { dense, denseGradient, registerDense } from './denseKernel.ts'
import { overrideMatMul } from './matMulKernels.ts'
import type { ComputeOps } from './ops.ts'
import { drawKey, layerScale } from './perturbation.ts'
import { roundedItems } from './roundedItems.ts'
import { checkPairs } from './shapes.ts'
import { simdOptimizer } from './simdOptimizer.ts'
import { rankPools, scorePools, topK } from './simdScoring.ts'
import type { WasmHeap } from './wasmHeap.ts'

/** The operations in place on the heap of the wasm backend; registers its kernels with tfjs. */
export function simdOps(heap: WasmHeap): ComputeOps {
  const { kernels } = heap
  overrideMatMul(heap)
  registerDense(heap)
  const rounded = roundedItems(heap)

  const pairwise = (
    target: readonly tf.Variable[],
    source: readonly tf.Variable[],
    update: (target: number, source: number, n: number) => void,
  ): void => {
    checkPairs(target, source)
    target.forEach((tensor, i) =>
      update(heap.ownPointer(tensor), heap.pointer(source[i]!), tensor.size),
    )
  }

  return {
    id: 'simd',
    dense,
    denseGradient,
    optimizer: (kind, hyper, parameters) => simdOptimizer(heap, kind, hyper, parameters),
    itemSide: (items, w, b) => dense(items, w, b, 'linear'),
    scorePools: (userSide, itemSide, head, pools, poolSize, out) =>
      scorePools(heap, { userSide, itemSide, head, pools, poolSize }, out),
    rankPools: (userSide, itemSide, head, pools, poolSize, k, out) =>
      rankPools(heap, rounded, { userSide, itemSide, head, pools, poolSize }, k, out),
    topK: (scores, rows, width, k, out) => topK(heap, scores, rows, width, k, out),

    perturb(source, target, { scope, alpha }, rng) {
      checkPairs(target, source)
      const [key0, key1] = drawKey(rng)
      source.forEach((tensor, i) => {
        const n = tensor.size
        const out = heap.ownPointer(target[i]!)
        const w = heap.pointer(tensor)
        if (scope === 'tensor') {
          kernels.perturbTensor(w, out, n, i, key0, key1, alpha)
        } else {
          const relative = scope === 'element'
          const spread = relative ? 0 : layerScale(heap.floats(w, n))
          kernels.perturbElements(w, out, n, i, key0, key1, alpha, relative ? 1 : 0, spread)
        }
      })
    },

    copy: (target, source) =>
      pairwise(target, source, (t, s, n) => heap.floats(t, n).set(heap.floats(s, n))),
    polyak: (target, source, tau) =>
      pairwise(target, source, (t, s, n) => kernels.polyak(t, s, n, tau)),
    addScaled: (target, source, factor) =>
      pairwise(target, source, (t, s, n) => kernels.addScaled(t, s, n, factor)),
  }
}

import * as tf from '@tensorflow/tfjs'
import { biasCorrections, resolveHyper, type ResolvedHyper } from './hyper.ts'
import type { Optimizer, OptimizerHyper, OptimizerKind } from './ops.ts'
import { checkPairs, checkSlots } from './shapes.ts'
import type { WasmHeap } from './wasmHeap.ts'

/** One parameter's step: byte offsets of its weights, gradient and slots; n numbers each; t ≥ 1. */
type Rule = (
  { kernels }: WasmHeap,
  hyper: ResolvedHyper,
  t: number,
  weights: number,
  gradient: number,
  slots: readonly number[],
  n: number,
) => void

const rules: Record<OptimizerKind, { readonly slotCount: number; readonly rule: Rule }> = {
  sgd: {
    slotCount: 0,
    rule: ({ kernels }, hyper, _t, w, g, _slots, n) =>
      kernels.addScaled(w, g, n, -hyper.learningRate),
  },
  momentum: {
    slotCount: 1,
    rule: ({ kernels }, hyper, _t, w, g, [velocity], n) =>
      kernels.momentum(w, g, velocity!, n, hyper.learningRate, hyper.momentum),
  },
  adam: {
    slotCount: 2,
    rule({ kernels }, hyper, t, w, g, [m, v], n) {
      const { learningRate, beta1, beta2, epsilon } = hyper
      const [first, second] = biasCorrections(hyper, t)
      const rate = learningRate * first
      kernels.adam(w, g, m!, v!, n, rate, beta1, beta2, 1 - beta1, 1 - beta2, epsilon, second)
    },
  },
}

/** Adam, SGD and momentum in one pass over each parameter, in place. */
export function simdOptimizer(
  heap: WasmHeap,
  kind: OptimizerKind,
  hyper: OptimizerHyper,
  parameters: readonly tf.Variable[],
): Optimizer {
  const resolved = resolveHyper(kind, hyper)
  const { slotCount, rule } = rules[kind]
  const slots = parameters.map((parameter) =>
    Array.from({ length: slotCount }, () => tf.keep(tf.zeros(parameter.shape))),
  )
  let steps = 0
  return {
    step(gradients) {
      checkPairs(parameters, gradients)
      steps++
      parameters.forEach((parameter, i) =>
        rule(
          heap,
          resolved,
          steps,
          heap.ownPointer(parameter),
          heap.pointer(gradients[i]!),
          slots[i]!.map((slot) => heap.pointer(slot)),
          parameter.size,
        ),
      )
    },
    state: () => ({
      steps,
      slots: slots.flat().map((slot) => slot.dataSync<'float32'>().slice()),
    }),
    restore(state) {
      const all = slots.flat()
      checkSlots(
        all.map((slot) => slot.size),
        state.slots,
      )
      steps = state.steps
      all.forEach((slot, i) => heap.floats(heap.pointer(slot), slot.size).set(state.slots[i]!))
    },
    dispose() {
      tf.dispose(slots)
      slots.length = 0
    },
  }
}

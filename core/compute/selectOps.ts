import * as tf from '@tensorflow/tfjs'
import type { ComputeOps } from './ops.ts'
import { simdOps } from './simdOps.ts'
import { tfOps } from './tfOps.ts'
import { openHeap } from './wasmHeap.ts'

export interface SelectedOps {
  readonly ops: ComputeOps
  /** In a sentence, why the kernels are not used; null when they are. */
  readonly reason: string | null
}

/** The kernels are attached once to each backend instance. */
const selected = new WeakMap<object, SelectedOps>()

/** The fastest operations that work on the active tfjs backend; to be called once it is ready. */
export function selectOps(): SelectedOps {
  const backend = tf.backend()
  let choice = selected.get(backend)
  if (!choice) {
    const heap = openHeap()
    choice =
      typeof heap === 'string' ? { ops: tfOps, reason: heap } : { ops: simdOps(heap), reason: null }
    selected.set(backend, choice)
  }
  return choice
}

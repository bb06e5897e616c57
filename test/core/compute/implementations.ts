import * as tf from '@tensorflow/tfjs'
import '@tensorflow/tfjs-backend-wasm'
import type { ComputeOps } from '#core/compute/ops'
import { selectOps } from '#core/compute/selectOps'
import { tfOps } from '#core/compute/tfOps'

/** Every implementation with the backend it is meant for: the contract tests run over this table. */
export const implementations: Record<string, () => Promise<ComputeOps>> = {
  'tfjs operations on cpu': () => onBackend('cpu', () => tfOps),
  'tfjs operations on wasm': () => onBackend('wasm', () => tfOps),
  'kernels on wasm': () => onBackend('wasm', simdOps),
}

function simdOps(): ComputeOps {
  const { ops, reason } = selectOps()
  if (reason !== null) throw new Error(reason)
  return ops
}

async function onBackend(name: string, ops: () => ComputeOps): Promise<ComputeOps> {
  if (!(await tf.setBackend(name))) throw new Error(`tfjs has no ${name} backend here`)
  return ops()
}

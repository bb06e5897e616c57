import * as tf from '@tensorflow/tfjs'
import '@tensorflow/tfjs-backend-wasm'
import type { ComputeOps } from '#core/compute/ops'
import { selectOps } from '#core/compute/selectOps'

/** The operations of a run in its usual place: the wasm backend. */
export async function wasmOps(): Promise<ComputeOps> {
  await tf.setBackend('wasm')
  await tf.ready()
  return selectOps().ops
}

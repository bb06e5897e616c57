import * as tf from '@tensorflow/tfjs'
import {
  stackGradients,
  stackOutput,
  stackOutputs,
  stackParameters,
  type DenseLayer,
} from '#core/compute/denseStack'
import type { ComputeOps, Optimizer } from '#core/compute/ops'
import { normal, zeros, type Arrays } from '../arrays.ts'
import type { BenchRow, PeerKind, PreparedRow } from '../benchRow.ts'
import { readNetwork } from '../network.ts'
import { toTensors } from '../tensors.ts'

/** Gradient steps of 256 → 128 → 64 → 1 with Adam. */
export function trainingRows(ops: ComputeOps): BenchRow[] {
  const adam = (
    id: string,
    batch: number,
    peer: PeerKind,
    target: number,
    stretch: number | null,
    step: Step,
  ): BenchRow => ({
    id,
    what: `Adam step, batch ${batch}${step === tapeStep ? ', by automatic differentiation' : ''}`,
    peer,
    target,
    stretch,
    prepare: () => training(ops, batch, 'adam', step),
  })
  return [
    adam('adam-256', 256, 'pytorch', 1.6, 1, layerStep),
    adam('adam-32', 32, 'pytorch', 0.9, 0.5, layerStep),
    adam('adam-256-tape', 256, 'pytorch', 2, null, tapeStep),
    adam('adam-32-tape', 32, 'pytorch', 1.3, null, tapeStep),
    adam('adam-256-stock', 256, 'stock tfjs', 0.1, null, layerStep),
    {
      id: 'ddqn-256',
      what: 'DDQN step, batch 256: both networks on the next states, one gradient step',
      peer: 'pytorch',
      target: 1.5,
      stretch: 1,
      prepare: () => training(ops, 256, 'ddqn', layerStep),
    },
  ]
}

/** One gradient step towards y; returns the mean squared error before it. */
type Step = (
  ops: ComputeOps,
  layers: readonly DenseLayer[],
  optimizer: Optimizer,
  x: tf.Tensor2D,
  y: tf.Tensor,
) => number

function layerStep(...[ops, layers, optimizer, x, y]: Parameters<Step>): number {
  return tf.tidy(() => {
    const outputs = stackOutputs(ops, x, layers)
    const prediction = stackOutput(outputs)
    const { loss, gradient } = squaredError(prediction.dataSync(), y.dataSync())
    const dy = tf.tensor2d(gradient, prediction.shape)
    optimizer.step(stackGradients(ops, x, layers, outputs, dy))
    return loss
  })
}

function tapeStep(...[ops, layers, optimizer, x, y]: Parameters<Step>): number {
  return tf.tidy(() => {
    const parameters = stackParameters(layers)
    const { value, grads } = tf.variableGrads(
      () =>
        stackOutput(stackOutputs(ops, x, layers))
          .sub(y)
          .square()
          .mean()
          .asScalar(),
      parameters,
    )
    optimizer.step(parameters.map((parameter) => grads[parameter.name]!))
    return value.dataSync()[0]!
  })
}

function squaredError(
  prediction: ArrayLike<number>,
  goal: ArrayLike<number>,
): { readonly loss: number; readonly gradient: Float32Array } {
  const n = prediction.length
  const gradient = new Float32Array(n)
  let sum = 0
  for (let i = 0; i < n; i++) {
    const error = prediction[i]! - goal[i]!
    sum += error * error
    gradient[i] = (2 / n) * error
  }
  return { loss: sum / n, gradient }
}

function inputs(batch: number): Arrays {
  return {
    x: normal('x', [batch, 256]),
    y: normal('y', [batch, 1]),
    next: normal('next', [batch, 256]),
    w1: normal('w1', [256, 128], 1 / 16),
    b1: zeros([128]),
    w2: normal('w2', [128, 64], 1 / Math.sqrt(128)),
    b2: zeros([64]),
    w3: normal('w3', [64, 1], 1 / 8),
    b3: zeros([1]),
  }
}

function training(ops: ComputeOps, batch: number, name: 'adam' | 'ddqn', step: Step): PreparedRow {
  const arrays = inputs(batch)
  const t = toTensors(arrays)
  const [x, next] = [t['x'] as tf.Tensor2D, t['next'] as tf.Tensor2D]
  const layers = readNetwork((key) => t[key]!)
  const target = readNetwork((key) => t[key]!)
  const hyper = { learningRate: 1e-3, epsilon: 1e-7 }
  const optimizer = ops.optimizer('adam', hyper, stackParameters(layers))
  const run = (): number =>
    tf.tidy(() => {
      if (name === 'adam') return step(ops, layers, optimizer, x, t['y']!)
      // with one candidate the online choice changes nothing, but both sides compute it
      stackOutput(stackOutputs(ops, next, layers)).dataSync()
      const valued = stackOutput(stackOutputs(ops, next, target))
      return step(ops, layers, optimizer, x, tf.add(t['y']!, valued.mul(0.4)))
    })
  return {
    work: { name, sizes: { batch } },
    inputs: arrays,
    run: () => void run(),
    check: () => Array.from({ length: 6 }, run),
    tolerance: 1e-4,
    dispose() {
      optimizer.dispose()
      tf.dispose(t)
      tf.disposeVariables()
    },
  }
}

import * as tf from '@tensorflow/tfjs'
import type { Optimizer } from '#core/compute/ops'
import type { QNetwork } from './qNetwork.ts'
import type { ReplaySample } from './replayBuffer.ts'

/** How targets are formed; `gamma` 0 is supervised regression on the immediate reward. */
export interface TargetRule {
  readonly gamma: number
  readonly doubleQ: boolean
}

/**
 * y = r + γ · (V′(s′) + A′(s′, a*)), a* the candidate of C′ that the online network (double DQN) or
 * the target network (DQN) scores highest. A user without candidates left has no future: y = r.
 *
 * @param items [N, I]
 * @returns [n]
 */
export function tdTargets(
  online: QNetwork,
  target: QNetwork,
  items: tf.Tensor2D,
  sample: ReplaySample,
  rule: TargetRule,
): Float32Array {
  if (rule.gamma === 0) return sample.reward.slice()
  const n = sample.reward.length
  const poolSize = sample.nextPool.length / n
  const pools = sample.nextPool.map((item) => Math.max(0, item))
  const score = (network: QNetwork): Float32Array => {
    const out = new Float32Array(n * poolSize)
    const scorer = network.scorer(items)
    scorer.score(sample.nextState, pools, poolSize, out)
    scorer.dispose()
    return out
  }
  const values = score(target)
  const chooser = rule.doubleQ ? score(online) : values
  const stateValue = tf.tidy(() =>
    target.value(tf.tensor2d(sample.nextState, [n, online.shape.stateWidth])).dataSync(),
  )
  const y = new Float32Array(n)
  for (let i = 0; i < n; i++) {
    const best = argmaxOpen(chooser, sample.nextPool, i * poolSize, poolSize)
    const future = best < 0 ? 0 : stateValue[i]! + values[best]!
    y[i] = sample.reward[i]! + rule.gamma * future
  }
  return y
}

function argmaxOpen(score: Float32Array, pool: Int32Array, from: number, size: number): number {
  let best = -1
  for (let p = from; p < from + size; p++) {
    if (pool[p]! >= 0 && (best < 0 || score[p]! > score[best]!)) best = p
  }
  return best
}

/**
 * One gradient step on the mean squared error between Q(s, a) and `y`.
 * @param state [n × S]
 * @param item rows of `items`, [n]
 * @returns the loss before the step
 */
export function regressionStep(
  network: QNetwork,
  optimizer: Optimizer,
  items: tf.Tensor2D,
  batch: { readonly state: Float32Array; readonly item: Int32Array; readonly y: Float32Array },
): number {
  const n = batch.y.length
  return tf.tidy(() => {
    const state = tf.tensor2d(batch.state, [n, network.shape.stateWidth])
    const item = tf.gather(items, tf.tensor1d(batch.item, 'int32'))
    const y = tf.tensor2d(batch.y, [n, 1])
    const { value, grads } = tf.variableGrads(
      () => tf.mean(tf.squaredDifference(network.forward(state, item), y)),
      [...network.variables],
    )
    optimizer.step(network.variables.map((variable) => grads[variable.name]!))
    return value.dataSync()[0]!
  })
}

import * as tf from '@tensorflow/tfjs'
import type { Optimizer } from '#core/compute/ops'
import type { AdvantageScorer, QNetwork } from './qNetwork.ts'
import type { ReplaySample } from './replayBuffer.ts'

/** How targets are formed; `gamma` 0 is supervised regression on the immediate reward. */
export interface TargetRule {
  readonly gamma: number
  readonly doubleQ: boolean
}

/** The network W′ that values what is chosen, with a scorer that lasts as long as W′ stays. */
export interface TargetNetwork {
  readonly network: QNetwork
  readonly scorer: AdvantageScorer
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
  target: TargetNetwork,
  items: tf.Tensor2D,
  sample: ReplaySample,
  rule: TargetRule,
): Float32Array {
  const y = sample.reward.slice()
  if (rule.gamma === 0) return y
  const n = y.length
  const poolSize = sample.nextPool.length / n
  const pools = filledUp(sample.nextPool, poolSize)
  const best = new Int32Array(n)
  const chooser = rule.doubleQ ? online.scorer(items) : target.scorer
  chooser.rank(sample.nextState, pools, poolSize, 1, best)
  if (rule.doubleQ) chooser.dispose()
  const chosen = best.map((position, i) => pools[i * poolSize + position]!)
  const advantage = new Float32Array(n)
  target.scorer.score(sample.nextState, chosen, 1, advantage)
  const value = tf.tidy(() =>
    target.network.value(tf.tensor2d(sample.nextState, [n, online.shape.stateWidth])).dataSync(),
  )
  for (let i = 0; i < n; i++) {
    if (sample.nextPool[i * poolSize]! < 0) continue
    y[i]! += rule.gamma * (value[i]! + advantage[i]!)
  }
  return y
}

/**
 * The pools with their −1 padding replaced by the pool's first item, which among equals never comes
 * before itself, or by row 0 in an empty pool; the pools themselves if there is nothing to fill up.
 */
function filledUp(pools: Int32Array, size: number): Int32Array {
  let filled = pools
  for (let end = size; end <= pools.length; end += size) {
    if (pools[end - 1]! >= 0) continue
    if (filled === pools) filled = pools.slice()
    const first = Math.max(0, pools[end - size]!)
    for (let p = end - 1; p >= end - size && pools[p]! < 0; p--) filled[p] = first
  }
  return filled
}

/**
 * One gradient step on the mean squared error between Q(s, a) and `y`.
 * @param batch state [n × S], item: rows of `items` [n], y [n]
 * @returns the loss before the step
 */
export function regressionStep(
  network: QNetwork,
  optimizer: Optimizer,
  items: tf.Tensor2D,
  batch: { readonly state: Float32Array; readonly item: Int32Array; readonly y: Float32Array },
): number {
  const { y } = batch
  const n = y.length
  return tf.tidy(() => {
    const state = tf.tensor2d(batch.state, [n, network.shape.stateWidth])
    const item = tf.gather(items, tf.tensor1d(batch.item, 'int32'))
    const pass = network.pass(state, item)
    const predicted = pass.q.dataSync()
    const change = new Float32Array(n)
    let loss = 0
    for (let i = 0; i < n; i++) {
      const error = predicted[i]! - y[i]!
      loss += (error * error) / n
      change[i] = (2 * error) / n
    }
    optimizer.step(pass.gradients(tf.tensor2d(change, [n, 1])))
    return loss
  })
}

import * as tf from '@tensorflow/tfjs'
import type { Optimizer } from '#core/compute/ops'
import type { ItemTable } from './itemTable.ts'
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
 * @returns [n]
 */
export function tdTargets(
  online: QNetwork,
  target: TargetNetwork,
  items: ItemTable,
  sample: ReplaySample,
  rule: TargetRule,
): Float32Array {
  const y = sample.reward.slice()
  if (rule.gamma === 0) return y
  const n = y.length
  const poolSize = sample.nextPool.length / n
  const { pools, pairs } = filledUp(sample, poolSize, items.pairWidth)
  const best = new Int32Array(n)
  const chooser = rule.doubleQ ? online.scorer(items, requestsAtOnce) : target.scorer
  chooser.rank(sample.nextState, pools, poolSize, 1, best, pairs)
  if (rule.doubleQ) chooser.dispose()
  const places = best.map((position, i) => i * poolSize + position)
  const chosen = places.map((place) => pools[place]!)
  const advantage = new Float32Array(n)
  target.scorer.score(
    sample.nextState,
    chosen,
    1,
    advantage,
    rowsOf(pairs, places, items.pairWidth),
  )
  const value = tf.tidy(() =>
    target.network.value(tf.tensor2d(sample.nextState, [n, online.shape.stateWidth])).dataSync(),
  )
  for (let i = 0; i < n; i++) {
    if (sample.nextPool[i * poolSize]! < 0) continue
    y[i]! += rule.gamma * (value[i]! + advantage[i]!)
  }
  return y
}

/** Training has no batches that could change its results. */
export const requestsAtOnce = 64

function rowsOf(matrix: Float32Array, rows: Int32Array, width: number): Float32Array {
  const out = new Float32Array(rows.length * width)
  rows.forEach((row, i) => out.set(matrix.subarray(row * width, (row + 1) * width), i * width))
  return out
}

/**
 * The pools with their −1 padding replaced by the pool's first candidate, which among equals never
 * comes before itself, or by row 0 in an empty pool; the same arrays if there is nothing to fill up.
 */
function filledUp(
  { nextPool, nextPairs }: ReplaySample,
  size: number,
  pairWidth: number,
): { readonly pools: Int32Array; readonly pairs: Float32Array } {
  let pools = nextPool
  let pairs = nextPairs
  for (let end = size; end <= nextPool.length; end += size) {
    if (nextPool[end - 1]! >= 0) continue
    if (pools === nextPool) {
      pools = nextPool.slice()
      pairs = nextPairs.slice()
    }
    const first = end - size
    const item = Math.max(0, nextPool[first]!)
    for (let p = end - 1; p >= first && nextPool[p]! < 0; p--) {
      pools[p] = item
      pairs.copyWithin(p * pairWidth, first * pairWidth, (first + 1) * pairWidth)
    }
  }
  return { pools, pairs }
}

/**
 * One gradient step on the mean squared error between Q(s, a) and `y`.
 * @param batch state [n × S], item: rows of `items` [n], pairs [n × P] where the world has them, y [n]
 * @returns the loss before the step
 */
export function regressionStep(
  network: QNetwork,
  optimizer: Optimizer,
  items: ItemTable,
  batch: {
    readonly state: Float32Array
    readonly item: Int32Array
    readonly pairs?: Float32Array
    readonly y: Float32Array
  },
): number {
  const { y } = batch
  const n = y.length
  return tf.tidy(() => {
    const state = tf.tensor2d(batch.state, [n, network.shape.stateWidth])
    const item = items.inputs(batch.item, batch.pairs)
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

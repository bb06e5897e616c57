import * as tf from '@tensorflow/tfjs'
import type { Optimizer } from '#core/compute/ops'
import { tidyNumbers } from '#core/compute/tidyNumbers'
import type { ItemTable } from './itemTable.ts'
import type { AdvantageScorer, QNetwork } from './qNetwork.ts'
import type { ReplaySample } from './replayBuffer.ts'

/** How targets are formed; `gamma` 0 is supervised regression on the immediate reward. */
export interface TargetRule {
  readonly gamma: number
  readonly doubleQ: boolean
  /** A ← A − mean of A over the candidates (Wang et al., ICML 2016, eq. 9). */
  readonly centreAdvantage?: boolean
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
  const value = tidyNumbers(() =>
    target.network.value(tf.tensor2d(sample.nextState, [n, online.shape.stateWidth])).dataSync(),
  )
  const centre = rule.centreAdvantage
    ? candidateMeans(target.scorer, sample.nextState, sample.nextPool, pools, pairs)
    : null
  for (let i = 0; i < n; i++) {
    if (sample.nextPool[i * poolSize]! < 0) continue
    y[i]! += rule.gamma * (value[i]! + advantage[i]! - (centre?.[i] ?? 0))
  }
  return y
}

/** Mean advantage of each request's candidates, [n]. @param padded pools with their −1 padding */
function candidateMeans(
  scorer: AdvantageScorer,
  states: Float32Array,
  padded: Int32Array,
  pools: Int32Array,
  pairs: Float32Array,
): Float32Array {
  const scores = new Float32Array(pools.length)
  const means = new Float32Array(states.length / scorer.stateWidth)
  const size = pools.length / means.length
  scorer.score(states, pools, size, scores, pairs)
  for (let i = 0; i < means.length; i++) {
    let [sum, count] = [0, 0]
    for (let p = i * size; p < (i + 1) * size; p++) {
      if (padded[p]! < 0) continue
      sum += scores[p]!
      count++
    }
    means[i] = count > 0 ? sum / count : 0
  }
  return means
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
export function filledUp(
  { nextPool, nextPairs }: Pick<ReplaySample, 'nextPool' | 'nextPairs'>,
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

/** How the error of a mini-batch becomes a step. */
export interface LossRule {
  /** squared: e² · huber: e² up to |e| = `huberDelta`, linear beyond (Mnih et al., Nature 2015). */
  readonly loss: 'squared' | 'huber'
  readonly huberDelta: number
  /** Largest norm of the whole gradient; 0 = any. */
  readonly gradientClip: number
}

const squaredLoss: LossRule = { loss: 'squared', huberDelta: 1, gradientClip: 0 }

/** What a gradient step is made of; columns of n rows. */
export interface RegressionBatch {
  readonly state: Float32Array // [n × S]
  readonly item: Int32Array // [n]
  readonly pairs?: Float32Array // [n × P]
  readonly y: Float32Array // [n]
  readonly weight?: Float32Array // [n]
  /** The candidates whose mean advantage is taken off, where advantages are centred. */
  readonly candidates?: { readonly pool: Int32Array; readonly pairs: Float32Array }
}

export interface RegressionResult {
  readonly loss: number // before the step
  readonly predicted: Float32Array // Q(s, a) before the step
}

/** One gradient step on the mean loss between Q(s, a) and `y`. */
export function regressionStep(
  network: QNetwork,
  optimizer: Optimizer,
  items: ItemTable,
  batch: RegressionBatch,
  rule: LossRule = squaredLoss,
): RegressionResult {
  const { y, weight, candidates } = batch
  const n = y.length
  return tidyNumbers(() => {
    const state = tf.tensor2d(batch.state, [n, network.shape.stateWidth])
    const item = items.inputs(batch.item, batch.pairs)
    const pass = network.pass(state, item)
    const centre = candidates && centrePass(network, state, items, candidates, n)
    const predicted = pass.q.dataSync<'float32'>().slice()
    if (centre) for (let i = 0; i < n; i++) predicted[i]! -= centre.means[i]!
    const change = new Float32Array(n)
    let loss = 0
    for (let i = 0; i < n; i++) {
      const error = predicted[i]! - y[i]!
      const share = (weight?.[i] ?? 1) / n
      const linear = rule.loss === 'huber' && Math.abs(error) > rule.huberDelta
      const bound = rule.huberDelta
      loss += share * (linear ? bound * (2 * Math.abs(error) - bound) : error * error)
      change[i] = 2 * share * (linear ? bound * Math.sign(error) : error)
    }
    let gradients = pass.gradients(tf.tensor2d(change, [n, 1]))
    if (centre) {
      const ofCentre = centre.gradients(change)
      gradients = gradients.map((gradient, i) => {
        const other = ofCentre[i]
        return other ? tf.sub(gradient, other) : gradient
      })
    }
    optimizer.step(clipped(gradients, rule.gradientClip))
    return { loss, predicted }
  })
}

/** Mean advantages of the candidates of each row, and their gradients. */
function centrePass(
  network: QNetwork,
  state: tf.Tensor2D,
  items: ItemTable,
  { pool, pairs }: { readonly pool: Int32Array; readonly pairs: Float32Array },
  n: number,
) {
  const size = pool.length / n
  const { pools, pairs: filled } = filledUp(
    { nextPool: pool, nextPairs: pairs },
    size,
    items.pairWidth,
  )
  const rows = Int32Array.from({ length: n * size }, (_, p) => Math.floor(p / size))
  const counts = new Float32Array(n)
  pool.forEach((item, p) => {
    if (item >= 0) counts[rows[p]!]!++
  })
  const repeated = tf.gather(state, tf.tensor1d(rows, 'int32'))
  const pass = network.advantagePass(repeated, items.inputs(pools, filled))
  const share = Float32Array.from(pool, (item, p) => (item < 0 ? 0 : 1 / counts[rows[p]!]!))
  const means = new Float32Array(n)
  pass.q.dataSync<'float32'>().forEach((a, p) => (means[rows[p]!]! += a * share[p]!))
  return {
    means,
    gradients: (change: Float32Array) =>
      pass.gradients(
        tf.tensor2d(
          share.map((s, p) => s * change[rows[p]!]!),
          [n * size, 1],
        ),
      ),
  }
}

/** Gradients scaled down together, so that their joint norm is at most `limit` (Pascanu et al., 2013). */
function clipped(gradients: readonly tf.Tensor[], limit: number): readonly tf.Tensor[] {
  if (limit === 0) return gradients
  let square = 0
  for (const gradient of gradients) for (const g of gradient.dataSync()) square += g * g
  const norm = Math.sqrt(square)
  return norm > limit ? gradients.map((gradient) => tf.mul(gradient, limit / norm)) : gradients
}

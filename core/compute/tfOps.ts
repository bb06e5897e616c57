import * as tf from '@tensorflow/tfjs'
import type { ComputeOps, ScoringHead } from './ops.ts'
import { drawKey, perturbArray } from './perturbation.ts'
import { checkPairs, checkPools, checkScoring, checkTopK } from './shapes.ts'
import { tfOptimizer } from './tfOptimizer.ts'
import { topKArray } from './topKArray.ts'

/** The operations in stock tfjs, for every backend. */
export const tfOps: ComputeOps = {
  id: 'tfjs',

  dense: (x, w, b, activation) =>
    tf.tidy(() => {
      const y = tf.add<tf.Tensor2D>(tf.matMul(x, w), b)
      return activation === 'relu' ? tf.relu(y) : y
    }),

  denseGradient(x, w, y, dy, activation, wantsInput) {
    const gradients = tf.tidy((): tf.Tensor[] => {
      const change = activation === 'relu' ? tf.mul(dy, tf.step(y)) : dy
      const ofParameters = [tf.matMul(x, change, true, false), tf.sum(change, 0)]
      return wantsInput ? [...ofParameters, tf.matMul(change, w, false, true)] : ofParameters
    })
    const [dw, db, dx] = gradients as [tf.Tensor2D, tf.Tensor1D, tf.Tensor2D?]
    return { x: dx ?? null, w: dw, b: db }
  },

  optimizer: tfOptimizer,

  itemSide: (items, w, b) => tf.tidy(() => tf.add<tf.Tensor2D>(tf.matMul(items, w), b)),

  scorePools(userSide, itemSide, head, pools, poolSize, out) {
    const { users, items, width } = checkScoring(
      userSide,
      itemSide,
      head,
      poolSize,
      out.length,
      pools,
    )
    if (pools) checkPools(pools, users * poolSize, items)
    // user by user: the shapes, and so a row's bits, are the same however many users a call has
    for (let user = 0; user < users; user++) {
      const first = user * poolSize
      const scores = tf.tidy(() => {
        const rows = pools
          ? tf.gather(itemSide, tf.tensor1d(pools.subarray(first, first + poolSize), 'int32'))
          : itemSide
        return applyHead(tf.slice(userSide, [user, 0], [1, width]), rows, head)
      })
      out.set(scores.dataSync<'float32'>(), first)
      scores.dispose()
    }
  },

  rankPools(userSide, itemSide, head, pools, poolSize, k, out) {
    const users = userSide.shape[0]
    checkTopK(Infinity, users, poolSize, k, out.length)
    const scores = new Float32Array(users * poolSize)
    tfOps.scorePools(userSide, itemSide, head, pools, poolSize, scores)
    topKArray(scores, users, poolSize, k, out)
  },

  topK(scores, rows, width, k, out) {
    checkTopK(scores.length, rows, width, k, out.length)
    topKArray(scores, rows, width, k, out)
  },

  perturb(source, target, perturbation, rng) {
    checkPairs(target, source)
    const key = drawKey(rng)
    source.forEach((tensor, i) => {
      const weights = tensor.dataSync<'float32'>().slice()
      perturbArray(weights, i, perturbation, key, weights)
      assign(target[i]!, () => tf.tensor(weights, tensor.shape, 'float32'))
    })
  },

  copy(target, source) {
    checkPairs(target, source)
    // through an array: a clone would share its data, and an in-place write to one change both
    target.forEach((tensor, i) =>
      assign(tensor, () => tf.tensor(source[i]!.dataSync().slice(), tensor.shape, 'float32')),
    )
  },

  polyak(target, source, tau) {
    checkPairs(target, source)
    target.forEach((tensor, i) => assign(tensor, () => tensor.add(source[i]!.sub(tensor).mul(tau))))
  },

  addScaled(target, source, factor) {
    checkPairs(target, source)
    target.forEach((tensor, i) => assign(tensor, () => tensor.add(source[i]!.mul(factor))))
  },
}

/** userRow [1, H], items [P, H] → scores, P numbers */
function applyHead(userRow: tf.Tensor2D, items: tf.Tensor2D, head: ScoringHead): tf.Tensor {
  if (head.kind === 'dot') return tf.matMul(items, userRow, false, true)
  const hidden = tf.relu(tf.add(items, userRow))
  if (head.kind === 'hidden1') return tf.add(tf.matMul(hidden, head.w), head.b)
  const second = tf.relu(tf.add(tf.matMul(hidden, head.hiddenW), head.hiddenB))
  return tf.add(tf.matMul(second, head.w), head.b)
}

function assign(variable: tf.Variable, value: () => tf.Tensor): void {
  const next = tf.tidy(value)
  variable.assign(next)
  next.dispose()
}

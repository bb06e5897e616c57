import type { RidgePrior } from '#core/episode/ridgeBelief'
import type { PathNetwork } from './pathNetwork.ts'

/**
 * Heads that rank as the ridge estimate θ of the user does: the logit of a leaf is sharpness · w·θ, exactly, for θ
 * is part of the state; that of a node above is the logarithm of the sum of exp over its leaves, linear around the
 * mean user. All other weights of the heads are zero.
 */
export function headsFromItems(
  network: PathNetwork,
  { rank, items, mean, sd }: RidgePrior,
  sharpness: number,
): void {
  const { shape, vectors } = network
  const { children: c, depth, leaf } = network.tree
  const { headWidth } = shape
  const weights = network.weights.values
  const beliefAt = shape.recurrentWidth + shape.featureWidth + vectors.feedbackWidth
  // of each node of a level: its logit for the mean user, and how it changes with the state's θ
  let level = new Float64Array(leaf.length).fill(-Infinity)
  let slope = new Float64Array(leaf.length * rank)
  leaf.forEach((item, slot) => {
    if (item < 0) return
    level[slot] = 0
    for (let f = 0; f < rank; f++) {
      const w = sharpness * items[item * rank + f]!
      level[slot] += w * mean[f]!
      slope[slot * rank + f] = w * sd[f]!
    }
  })
  for (let l = depth - 1; l >= 0; l--) {
    const nodes = c ** l
    const above = new Float64Array(nodes).fill(-Infinity)
    const aboveSlope = new Float64Array(nodes * rank)
    for (let v = 0; v < nodes; v++) {
      const own = level.subarray(v * c, (v + 1) * c)
      const head = network.headAt(shape.firstNode[l]! + v)
      weights.fill(0, head, head + (headWidth + 1) * c)
      const most = Math.max(...own)
      if (most === -Infinity) continue
      const total = own.reduce((sum, x) => sum + Math.exp(x - most), 0)
      above[v] = most + Math.log(total)
      own.forEach((x, k) => {
        if (x === -Infinity) return
        weights[head + headWidth * c + k] = x - above[v]!
        const share = Math.exp(x - above[v]!)
        for (let f = 0; f < rank; f++) {
          const d = slope[(v * c + k) * rank + f]!
          weights[head + (beliefAt + f) * c + k] = d
          aboveSlope[v * rank + f]! += share * d
        }
      })
    }
    level = above
    slope = aboveSlope
  }
  network.changed()
}

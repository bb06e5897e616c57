import type { SparseRows } from '#core/environment/factorise'
import { spdInverse } from '#core/episode/spdInverse'
import type { ItemVectors } from './itemVectors.ts'

/** Keeps vectors that do not span their width, as those of a collapsed autoencoder, from failing. */
const ridge = 1e-6

/**
 * Share of the squared rewards, unrated ones as zeros, that no linear reading of the item vectors gives back: 1
 * less the squared length of each user's row projected on the span of the vectors' dimensions and a constant,
 * over its own. Comparable between vectors of any kind, and the lower the wider they are.
 * @returns in [0, 1]; null without rewards
 */
export function reconstructionError(
  rewards: SparseRows,
  { items, width, values }: ItemVectors,
): number | null {
  const k = width + 1
  const at = (item: number, f: number) => (f < width ? values[item * width + f]! : 1)
  const gram = new Float64Array(k * k)
  for (let j = 0; j < items; j++) {
    for (let f = 0; f < k; f++) {
      for (let g = 0; g < k; g++) gram[f * k + g]! += at(j, f) * at(j, g)
    }
  }
  const size = Array.from({ length: k }, (_, f) => gram[f * k + f]!)
  for (let f = 0; f < k; f++) gram[f * k + f]! += ridge * (1 + Math.max(...size))
  const inverse = spdInverse(gram, k)
  const moment = new Float64Array(k)
  let [all, given] = [0, 0]
  for (let u = 0; u < rewards.rows; u++) {
    moment.fill(0)
    for (let e = rewards.start[u]!; e < rewards.start[u + 1]!; e++) {
      const value = rewards.value[e]!
      all += value * value
      for (let f = 0; f < k; f++) moment[f]! += value * at(rewards.column[e]!, f)
    }
    for (let f = 0; f < k; f++) {
      for (let g = 0; g < k; g++) given += moment[f]! * inverse[f * k + g]! * moment[g]!
    }
  }
  return all > 0 ? Math.min(1, Math.max(0, 1 - given / all)) : null
}

import { spdInverse } from '#core/episode/spdInverse'

const ridge = 1e-2

/**
 * Values that are linear in a state's features, by least squares on the returns of one batch: the critic
 * may be any regression (F3).
 * @returns the fitted value of each row
 */
export function ridgeFit(features: readonly Float64Array[], returns: Float64Array): Float64Array {
  const k = features[0]!.length
  const gram = new Float64Array(k * k)
  const moment = new Float64Array(k)
  features.forEach((x, i) => {
    for (let f = 0; f < k; f++) {
      moment[f]! += x[f]! * returns[i]!
      for (let g = 0; g < k; g++) gram[f * k + g]! += x[f]! * x[g]!
    }
  })
  for (let f = 0; f < k; f++) gram[f * k + f]! += ridge
  const inverse = spdInverse(gram, k)
  const weights = new Float64Array(k)
  for (let f = 0; f < k; f++) {
    for (let g = 0; g < k; g++) weights[f]! += inverse[f * k + g]! * moment[g]!
  }
  return Float64Array.from(features, (x) =>
    x.reduce((sum, value, f) => sum + value * weights[f]!, 0),
  )
}

/**
 * Generalised advantages of trajectories that all have T steps and end there.
 *
 * Source: Schulman et al., "High-dimensional continuous control using GAE", ICLR 2016, eq. 16.
 * @param rewards and values, trajectory by trajectory, [trajectories × T]
 */
export function generalisedAdvantages(
  rewards: Float64Array,
  values: Float64Array,
  steps: number,
  gamma: number,
  lambda: number,
): Float64Array {
  const out = new Float64Array(rewards.length)
  for (let first = 0; first < rewards.length; first += steps) {
    let carried = 0
    for (let i = first + steps - 1; i >= first; i--) {
      const next = i + 1 < first + steps ? values[i + 1]! : 0
      carried = rewards[i]! + gamma * next - values[i]! + gamma * lambda * carried
      out[i] = carried
    }
  }
  return out
}

import { rightSingularVectors } from '#core/environment/factorise'
import type { RatingParams } from './params.ts'
import type { Represent } from './representation.ts'

/**
 * Each item's column of the training rewards in its principal dimensions: right singular vectors times
 * singular values, so that distances are those of the columns (Chen et al., AAAI 2019).
 */
export const ratingColumns: Represent<RatingParams> = function* (params, { rewards, stream }) {
  const width = Math.min(params.width, rewards.rows, rewards.columns)
  const values = rightSingularVectors(rewards, width, stream('rating columns', 0))
  const strength = new Float64Array(width)
  const projected = new Float64Array(width)
  for (let u = 0; u < rewards.rows; u++) {
    projected.fill(0)
    for (let e = rewards.start[u]!; e < rewards.start[u + 1]!; e++) {
      const at = rewards.column[e]! * width
      for (let f = 0; f < width; f++) projected[f]! += rewards.value[e]! * values[at + f]!
    }
    for (let f = 0; f < width; f++) strength[f]! += projected[f]! ** 2
  }
  for (let at = 0; at < values.length; at++) values[at]! *= Math.sqrt(strength[at % width]!)
  return { items: rewards.columns, width, values }
}

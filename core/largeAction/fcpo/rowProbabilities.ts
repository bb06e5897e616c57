import type { ItemVectors } from '#core/itemSpace/itemVectors'

/** P = softmax(W·Vᵀ) row by row, [K × items] (7-9 and 7-10 as corrected, errata B15 and B16). */
export function rowProbabilities(
  w: Float64Array,
  { items, width, values }: ItemVectors,
): Float64Array {
  const rows = w.length / width
  const p = new Float64Array(rows * items)
  for (let k = 0; k < rows; k++) {
    let most = -Infinity
    for (let j = 0; j < items; j++) {
      let score = 0
      for (let f = 0; f < width; f++) score += w[k * width + f]! * values[j * width + f]!
      p[k * items + j] = score
      most = Math.max(most, score)
    }
    let sum = 0
    for (let j = 0; j < items; j++) sum += p[k * items + j] = Math.exp(p[k * items + j]! - most)
    for (let j = 0; j < items; j++) p[k * items + j]! /= sum
  }
  return p
}

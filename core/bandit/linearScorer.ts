/** w·x per item; `features[item]` has the length of `w`. */
export function linearScores(
  features: readonly ArrayLike<number>[],
  w: Float64Array,
): Float64Array {
  return Float64Array.from(features, (x) => {
    let score = 0
    for (let i = 0; i < w.length; i++) score += w[i]! * x[i]!
    return score
  })
}

/** Turns a gradient by the scores into one by the weights: Σ gradient[item]·features[item]. */
export function weightGradient(
  features: readonly ArrayLike<number>[],
  gradient: Float64Array,
  dimension: number,
): Float64Array {
  const result = new Float64Array(dimension)
  for (const [item, x] of features.entries()) {
    for (let i = 0; i < dimension; i++) result[i]! += gradient[item]! * x[i]!
  }
  return result
}

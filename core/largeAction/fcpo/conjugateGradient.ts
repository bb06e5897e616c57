/**
 * Solves H·x = b for a symmetric positive definite H that is known by its products alone.
 * @param iterations 10 are what TRPO uses (Schulman et al., ICML 2015)
 */
export function conjugateGradient(
  product: (v: Float64Array) => Float64Array,
  b: Float64Array,
  iterations = 10,
): Float64Array {
  const x = new Float64Array(b.length)
  const residual = b.slice()
  const direction = b.slice()
  let square = dot(residual, residual)
  for (let i = 0; i < iterations && square > 1e-18; i++) {
    const image = product(direction)
    const step = square / dot(direction, image)
    for (let f = 0; f < x.length; f++) {
      x[f]! += step * direction[f]!
      residual[f]! -= step * image[f]!
    }
    const next = dot(residual, residual)
    for (let f = 0; f < x.length; f++) {
      direction[f] = residual[f]! + (next / square) * direction[f]!
    }
    square = next
  }
  return x
}

export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let f = 0; f < a.length; f++) sum += a[f]! * b[f]!
  return sum
}

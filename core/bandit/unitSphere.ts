import type { Rng } from '#core/random/rng'

/**
 * A direction uniform on the unit sphere: Gaussians by Box–Muller, normalised.
 *
 * Draws two uniforms per pair of coordinates, cosine first; the spare half of an odd pair is dropped.
 * @param dimension ≥ 1
 * @returns unit vector of that length
 * @throws RangeError for a dimension below 1
 */
export function unitSphere(dimension: number, rng: Rng): Float64Array {
  if (!Number.isSafeInteger(dimension) || dimension < 1) {
    throw new RangeError(`dimension ${dimension} is not a positive integer`)
  }
  const direction = new Float64Array(dimension)
  let norm = 0
  // all-zero Gaussians have no direction; they happen once in 2³² draws in one or two dimensions
  while (norm === 0) {
    for (let i = 0; i < dimension; i += 2) {
      const radius = Math.sqrt(-2 * Math.log(1 - rng.u())) // 1 - u is never 0
      const angle = 2 * Math.PI * rng.u()
      direction[i] = radius * Math.cos(angle)
      if (i + 1 < dimension) direction[i + 1] = radius * Math.sin(angle)
    }
    norm = Math.sqrt(direction.reduce((sum, x) => sum + x * x, 0))
  }
  return direction.map((x) => x / norm)
}

import { normal } from '#core/random/distributions'
import type { Rng } from '#core/random/rng'

/** A sparse matrix in row order; row u holds the entries `start[u] … start[u + 1]`. */
export interface SparseRows {
  readonly rows: number
  readonly columns: number
  readonly start: Int32Array
  readonly column: Int32Array
  readonly value: Float32Array
}

/**
 * Right singular vectors of the `rank` largest singular values, by subspace iteration
 * (Halko, Martinsson & Tropp, SIAM Review 53(2), 2011, algorithm 4.4).
 *
 * @param iterations passes over XᵀX; 8 separate the leading directions of rating tables well
 * @returns [columns × rank], row-major, orthonormal columns ordered by singular value
 */
export function rightSingularVectors(
  x: SparseRows,
  rank: number,
  rng: Rng,
  iterations = 8,
): Float32Array {
  const v = new Float64Array(x.columns * rank)
  for (let i = 0; i < v.length; i++) v[i] = normal(rng)
  let strength = orthonormalise(v, x.columns, rank)
  const projected = new Float64Array(rank)
  for (let pass = 0; pass < iterations; pass++) {
    const next = new Float64Array(v.length)
    for (let u = 0; u < x.rows; u++) {
      projected.fill(0)
      for (let e = x.start[u]!; e < x.start[u + 1]!; e++) {
        const row = x.column[e]! * rank
        const value = x.value[e]!
        for (let f = 0; f < rank; f++) projected[f]! += value * v[row + f]!
      }
      for (let e = x.start[u]!; e < x.start[u + 1]!; e++) {
        const row = x.column[e]! * rank
        const value = x.value[e]!
        for (let f = 0; f < rank; f++) next[row + f]! += value * projected[f]!
      }
    }
    v.set(next)
    strength = orthonormalise(v, x.columns, rank)
  }
  const order = [...strength.keys()].sort((a, b) => strength[b]! - strength[a]! || a - b)
  const sorted = new Float32Array(v.length)
  for (let j = 0; j < x.columns; j++) {
    for (let f = 0; f < rank; f++) sorted[j * rank + f] = v[j * rank + order[f]!]!
  }
  return sorted
}

/** Modified Gram–Schmidt over columns; a column that vanishes becomes zero. Returns the norms. */
function orthonormalise(v: Float64Array, rows: number, rank: number): Float64Array {
  const norms = new Float64Array(rank)
  for (let f = 0; f < rank; f++) {
    for (let g = 0; g < f; g++) {
      let dot = 0
      for (let j = 0; j < rows; j++) dot += v[j * rank + f]! * v[j * rank + g]!
      for (let j = 0; j < rows; j++) v[j * rank + f]! -= dot * v[j * rank + g]!
    }
    let square = 0
    for (let j = 0; j < rows; j++) square += v[j * rank + f]! ** 2
    const norm = Math.sqrt(square)
    norms[f] = norm
    const scale = norm > 1e-12 ? 1 / norm : 0
    for (let j = 0; j < rows; j++) v[j * rank + f]! *= scale
  }
  return norms
}

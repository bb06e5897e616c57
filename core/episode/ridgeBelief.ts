import { rightSingularVectors, type SparseRows } from '#core/environment/factorise'
import type { Rng } from '#core/random/rng'
import { spdInverse } from './spdInverse.ts'

/** What the training users say about a user who has said nothing yet. */
export interface RidgePrior {
  readonly rank: number
  /** Item vectors w: right singular vectors of the training rewards, [items × rank]. */
  readonly items: Float32Array
  /** Mean of the training users' projections Z = X·W, [rank]. */
  readonly mean: Float64Array
  /** Standard deviation of each dimension of Z, [rank]. */
  readonly sd: Float64Array
  /** Inverse of P·0.15, P = (cov Z + 10⁻³·I)⁻¹: where A⁻¹ starts, [rank × rank]. */
  readonly startInverse: Float64Array
  /** b = 0.15·P·mean, [rank]. */
  readonly startVector: Float64Array
}

const priorWeight = 0.15

/** The prior of GreedySVD (agents.md §2). @param x rewards of the training users alone */
export function ridgePrior(x: SparseRows, rank: number, rng: Rng): RidgePrior {
  const k = Math.min(rank, x.rows, x.columns)
  const items = rightSingularVectors(x, k, rng, 14)
  const z = new Float64Array(x.rows * k)
  for (let u = 0; u < x.rows; u++) {
    for (let e = x.start[u]!; e < x.start[u + 1]!; e++) {
      const at = x.column[e]! * k
      for (let f = 0; f < k; f++) z[u * k + f]! += x.value[e]! * items[at + f]!
    }
  }
  const mean = new Float64Array(k)
  for (let u = 0; u < x.rows; u++) for (let f = 0; f < k; f++) mean[f]! += z[u * k + f]! / x.rows
  const covariance = new Float64Array(k * k)
  const freedom = Math.max(1, x.rows - 1)
  for (let u = 0; u < x.rows; u++) {
    for (let f = 0; f < k; f++) {
      for (let g = 0; g < k; g++) {
        covariance[f * k + g]! +=
          ((z[u * k + f]! - mean[f]!) * (z[u * k + g]! - mean[g]!)) / freedom
      }
    }
  }
  const sd = Float64Array.from(mean, (_, f) => Math.sqrt(covariance[f * k + f]!) || 1)
  for (let f = 0; f < k; f++) covariance[f * k + f]! += 1e-3
  const precision = spdInverse(covariance, k)
  const startVector = new Float64Array(k)
  for (let f = 0; f < k; f++) {
    for (let g = 0; g < k; g++) startVector[f]! += priorWeight * precision[f * k + g]! * mean[g]!
  }
  const startInverse = covariance.map((value) => value / priorWeight)
  return { rank: k, items, mean, sd, startInverse, startVector }
}

/**
 * Ridge regression of each row's answers on the vectors of the items shown: θ = A⁻¹b with
 * A ← A + w·wᵀ and b ← b + w·x after each answer, A⁻¹ kept by the Sherman–Morrison formula.
 */
export class RidgeBelief {
  readonly prior: RidgePrior
  /** θ of each row, [rows × rank]. */
  readonly theta: Float64Array
  readonly #inverse: Float64Array
  readonly #vector: Float64Array
  readonly #direction: Float64Array

  constructor(prior: RidgePrior, rows: number) {
    const k = prior.rank
    this.prior = prior
    this.theta = new Float64Array(rows * k)
    this.#inverse = new Float64Array(rows * k * k)
    this.#vector = new Float64Array(rows * k)
    this.#direction = new Float64Array(k)
  }

  begin(): void {
    const rows = this.theta.length / this.prior.rank
    for (let row = 0; row < rows; row++) this.restart(row)
  }

  /** A new user in one row. */
  restart(row: number): void {
    const { rank: k, startInverse, startVector } = this.prior
    this.#inverse.set(startInverse, row * k * k)
    this.#vector.set(startVector, row * k)
    this.#solve(row)
  }

  observe(row: number, item: number, answer: number): void {
    const { rank: k, items } = this.prior
    const inverse = this.#inverse.subarray(row * k * k, (row + 1) * k * k)
    const direction = this.#direction
    let norm = 1
    for (let f = 0; f < k; f++) {
      let sum = 0
      for (let g = 0; g < k; g++) sum += inverse[f * k + g]! * items[item * k + g]!
      direction[f] = sum
      norm += sum * items[item * k + f]!
    }
    for (let f = 0; f < k; f++) {
      const scale = direction[f]! / norm
      for (let g = 0; g < k; g++) inverse[f * k + g]! -= scale * direction[g]!
      this.#vector[row * k + f]! += items[item * k + f]! * answer
    }
    this.#solve(row)
  }

  #solve(row: number): void {
    const k = this.prior.rank
    for (let f = 0; f < k; f++) {
      let sum = 0
      const at = (row * k + f) * k
      for (let g = 0; g < k; g++) sum += this.#inverse[at + g]! * this.#vector[row * k + g]!
      this.theta[row * k + f] = sum
    }
  }
}

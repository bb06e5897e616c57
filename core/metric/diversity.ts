export interface IntraListSimilarity {
  /** Mean cosine over the pairs; null with fewer than two usable items. */
  readonly mean: number | null
  /** Ziegler's sum over the pairs. */
  readonly sum: number | null
  /** Intra-list distance, 1 − mean. */
  readonly distance: number | null
  /** Items without a direction: they are left out, and counted. */
  readonly skipped: number
}

/**
 * Similarity of the items of one list to each other.
 *
 * Source: Ziegler, McNee, Konstan & Lausen, WWW 2005 (sum).
 * @param vectors one per item, equally long
 */
export function intraListSimilarity(vectors: readonly (readonly number[])[]): IntraListSimilarity {
  const directions = vectors.map(unit).filter((v) => v !== null)
  const skipped = vectors.length - directions.length
  const pairs = (directions.length * (directions.length - 1)) / 2
  if (pairs === 0) return { mean: null, sum: null, distance: null, skipped }
  let total = 0
  directions.forEach((v, i) => {
    for (let j = i + 1; j < directions.length; j++) total += dot(v, directions[j]!)
  })
  return { mean: total / pairs, sum: total, distance: 1 - total / pairs, skipped }
}

function unit(vector: readonly number[]): readonly number[] | null {
  const length = Math.hypot(...vector)
  return length === 0 ? null : vector.map((x) => x / length)
}

const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((total, x, i) => total + x * b[i]!, 0)

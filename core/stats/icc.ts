import { sum } from './meanTest.ts'

/** Votes of one user for the analysis of variance. */
export interface VarianceCluster {
  readonly votes: number
  readonly voteSum: number
  /** Σ of the squared vote values. */
  readonly voteSquares: number
}

export interface IntraclassCorrelation {
  readonly msBetween: number
  readonly msWithin: number
  /** Effective number of votes per user, n₀ of unbalanced designs. */
  readonly m0: number
  /** As estimated; may be negative. */
  readonly raw: number
  /** Negative estimates count as 0. */
  readonly icc: number
  readonly meanVotes: number
}

/**
 * Intraclass correlation of the vote value by user, one-way analysis of variance.
 *
 * Source: Donner, International Statistical Review 54(1), 1986.
 * @returns null with fewer than two users, one vote per user everywhere, or no variance at all
 */
export function icc(clusters: readonly VarianceCluster[]): IntraclassCorrelation | null {
  return iccOfSums(clusters, sum(clusters.map((c) => c.voteSquares)))
}

/** The same from Σ of all squared vote values. */
export function iccOfSums(
  clusters: readonly Omit<VarianceCluster, 'voteSquares'>[],
  squares: number,
): IntraclassCorrelation | null {
  const g = clusters.length
  const n = clusters.reduce((total, c) => total + c.votes, 0)
  if (g < 2 || n <= g) return null
  const mean = sum(clusters.map((c) => c.voteSum)) / n
  const between = sum(clusters.map((c) => c.votes * (c.voteSum / c.votes - mean) ** 2))
  const within = squares - sum(clusters.map((c) => c.voteSum ** 2 / c.votes))
  const msBetween = between / (g - 1)
  const msWithin = Math.max(0, within) / (n - g)
  const m0 = (n - clusters.reduce((total, c) => total + c.votes ** 2, 0) / n) / (g - 1)
  const denominator = msBetween + (m0 - 1) * msWithin
  if (denominator <= 1e-14) return null
  const raw = (msBetween - msWithin) / denominator
  return { msBetween, msWithin, m0, raw, icc: Math.max(0, raw), meanVotes: n / g }
}

/** Kish's design effect 1 + (m̄ − 1)·ICC for the planner; 1 where the ICC is not estimable. */
export const designEffect = (meanVotes: number, intraclass: number | null): number =>
  1 + (meanVotes - 1) * (intraclass ?? 0)

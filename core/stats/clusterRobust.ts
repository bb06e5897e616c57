import { clusteredRatio } from './clusteredRatio.ts'
import type { Interval } from './interval.ts'
import { studentInverse, studentTwoSided } from './special.ts'

/** Votes of one user: their number and the sum of their vote values in [0, 1]. */
export interface VoteCluster {
  readonly votes: number
  readonly voteSum: number
}

/** Δ over votes with users as clusters, by the textbook; null with a reason when it can not be estimated. */
export interface ClusterRobust {
  readonly clusters: number
  readonly votes: number
  readonly delta: number | null
  readonly se: number | null
  /** As if the votes were independent. */
  readonly naiveSe: number | null
  /** (se/naiveSe)²: how many dependent votes are worth one. */
  readonly designEffect: number | null
  readonly p: number | null
  readonly interval: Interval | null
  readonly reason: 'noVotes' | 'fewerThanTwoUsers' | 'noVariance' | null
}

/**
 * Δ_imp with a user-clustered standard error: CRSE² = G/(G − 1)·Σ(s_g − x̄ n_g)²/N², t with G − 1
 * degrees of freedom; equals cluster-robust least squares on a constant.
 *
 * Source: Liang & Zeger, Biometrika 73(1), 1986.
 * @param squares Σ of the squared vote values over all votes, for the naive standard error
 */
export function clusterRobust(
  clusters: readonly VoteCluster[],
  squares: number,
  alpha: number,
): ClusterRobust {
  const g = clusters.length
  const votes = clusters.reduce((total, c) => total + c.votes, 0)
  const none = { clusters: g, votes, se: null, naiveSe: null, designEffect: null, p: null }
  if (votes === 0) return { ...none, delta: null, interval: null, reason: 'noVotes' }
  const ratio = clusteredRatio(
    clusters.map((c) => c.voteSum),
    clusters.map((c) => c.votes),
    alpha,
  )
  const mean = ratio.value!
  const delta = mean - 0.5
  if (ratio.se === null) return { ...none, delta, interval: null, reason: 'fewerThanTwoUsers' }
  const { se } = ratio
  const variance = Math.max(0, (squares - votes * mean * mean) / (votes - 1))
  const naiveSe = variance <= 1e-14 ? 0 : Math.sqrt(variance / votes)
  const designEffect = naiveSe === 0 ? null : (se / naiveSe) ** 2
  if (se <= 1e-14) {
    return { ...none, delta, se: 0, naiveSe, designEffect, interval: null, reason: 'noVariance' }
  }
  const half = studentInverse(1 - alpha / 2, g - 1) * se
  return {
    clusters: g,
    votes,
    delta,
    se,
    naiveSe,
    designEffect,
    p: studentTwoSided(delta / se, g - 1),
    interval: { low: delta - half, high: delta + half },
    reason: null,
  }
}

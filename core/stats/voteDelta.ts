import type { Interval } from './interval.ts'
import type { NotEstimable } from './meanTest.ts'
import type { VoteCounts } from './signTest.ts'
import { phiInverse, studentTwoSided } from './special.ts'

/** Δ over votes as if they were independent; the clustered interval belongs beside it. */
export interface VoteDelta {
  readonly votes: number
  /** (winsA + ties/2)/votes − ½. */
  readonly delta: number | null
  /** From the sample standard deviation of the signs. */
  readonly se: number | null
  /** Under no preference, given the share of ties. */
  readonly seNull: number | null
  /** Δ/seNull; equals the z of the sign test. */
  readonly z: number | null
  readonly t: number | null
  readonly p: number | null
  readonly wald: Interval | null
  readonly reason: NotEstimable | null
}

/**
 * Impression-level preference Δ_imp and its standard errors.
 *
 * Source: Chapelle, Joachims, Radlinski & Yue, ACM TOIS 30(1), 2012 (Δ_AB).
 */
export function voteDelta({ winsA, winsB, ties }: VoteCounts, alpha: number): VoteDelta {
  const votes = winsA + winsB + ties
  const none = { votes, se: null, seNull: null, z: null, t: null, p: null, wald: null }
  if (votes === 0) return { ...none, delta: null, reason: 'noVotes' }
  const signs = winsA - winsB
  const decisive = winsA + winsB
  const delta = signs / (2 * votes)
  // n Σs² − (Σs)² is an integer, so that equal votes give exactly zero
  const spread = votes * decisive - signs * signs
  if (votes < 2) return { ...none, delta, reason: 'fewerThanTwoPoints' }
  if (spread === 0) return { ...none, delta, reason: 'noVariance' }
  const se = Math.sqrt(spread / (votes * (votes - 1))) / (2 * Math.sqrt(votes))
  const seNull = Math.sqrt(decisive) / (2 * votes)
  const half = phiInverse(1 - alpha / 2) * se
  const t = delta / se
  return {
    votes,
    delta,
    se,
    seNull,
    z: delta / seNull,
    t,
    p: studentTwoSided(t, votes - 1),
    wald: { low: delta - half, high: delta + half },
    reason: null,
  }
}

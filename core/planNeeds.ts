import type { ExperimentSpec } from './experimentSpec.ts'
import { interleavers } from './interleaver/index.ts'
import type { MethodNotes } from './run/summary.ts'
import { designEffect } from './stats/icc.ts'
import { minimumDetectableEffect, powerInterleaving } from './stats/powerInterleaving.ts'

/** What a plan can find with its users, before anything is known of its votes. */
export interface PlanNeeds {
  /** Smallest |Δ| of decisive votes that the planned users find with the power, by one look. */
  readonly detectable: number
  /** For the smallest effect that the plan names; null when it names none. */
  readonly required: {
    readonly effect: number
    /** Decisive votes: the smallest n from which the exact sign test keeps the power for 60 sizes. */
    readonly votes: number
    readonly users: number
  } | null
  readonly power: number
  readonly assumed: VoteShares
  /** Of an interleaving method that is biased or scores without a bound. */
  readonly method: MethodNotes | null
}

/** Shares of impressions, and the correlation of one user's votes. */
export interface VoteShares {
  readonly tieRate: number
  readonly noVoteRate: number
  readonly icc: number
}

/** Of the samples' order of size. */
export const assumedVotes: VoteShares = { tieRate: 0.15, noVoteRate: 0.25, icc: 0.02 }

/**
 * Sizes of an interleaving experiment by its decisive votes, taken to be independent but for the
 * design effect. They are for a single look; what a sequence needs more, the Peek Lab measures.
 * @param votes ties and no-votes must leave decisive votes
 * @returns null for a split, whose clicks per list no plan knows beforehand
 */
export function planNeeds(
  { design, analysis, traffic, interleaver }: ExperimentSpec,
  votes: VoteShares = assumedVotes,
): PlanNeeds | null {
  if (design === 'split') return null
  const { power, errorRate: alpha, minimumEffect } = analysis
  const { measure, unbiased } = interleavers[interleaver.kind]
  const method =
    unbiased && measure === 'vote' ? null : { kind: interleaver.kind, measure, unbiased }
  const perUser = traffic.impressionsPerUser
  const perUserVotes = decisivePerUser(perUser, votes)
  const plan = { alpha, power, meanImpressionsPerUser: perUser, ...votes }
  const found = minimumEffect > 0 ? powerInterleaving(0.5 + minimumEffect, plan) : null
  const needed = found && (found.sustained ?? Math.ceil(found.decisive))
  return {
    detectable: minimumDetectableEffect(traffic.users * perUserVotes, alpha, power),
    required:
      needed === null
        ? null
        : { effect: minimumEffect, votes: needed, users: Math.ceil(needed / perUserVotes) },
    power,
    assumed: votes,
    method,
  }
}

/** Decisive votes of one user, as many as independent ones would count. */
export const decisivePerUser = (
  impressions: number,
  { tieRate, noVoteRate, icc }: VoteShares,
): number => (impressions * (1 - tieRate - noVoteRate)) / designEffect(impressions, icc)

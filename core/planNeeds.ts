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
  readonly assumed: typeof assumedVotes
  /** Of an interleaving method that is biased or scores without a bound. */
  readonly method: MethodNotes | null
}

/** Shares of impressions, and the correlation of one user's votes, of the samples' order of size. */
const assumedVotes = { tieRate: 0.15, noVoteRate: 0.25, icc: 0.02 } as const

/**
 * Sizes of an interleaving experiment by its decisive votes, taken to be independent but for the
 * design effect. They are for a single look; what a sequence needs more, the Peek Lab measures.
 * @returns null for a split, whose clicks per list no plan knows beforehand
 */
export function planNeeds({
  design,
  analysis,
  traffic,
  interleaver,
}: ExperimentSpec): PlanNeeds | null {
  if (design === 'split') return null
  const { power, errorRate: alpha, minimumEffect } = analysis
  const { measure, unbiased } = interleavers[interleaver.kind]
  const method =
    unbiased && measure === 'vote' ? null : { kind: interleaver.kind, measure, unbiased }
  const perUser = traffic.impressionsPerUser
  const { tieRate, noVoteRate, icc } = assumedVotes
  const decisiveShare = 1 - tieRate - noVoteRate
  const effect = designEffect(perUser, icc)
  const decisive = (traffic.users * perUser * decisiveShare) / effect
  const plan = { alpha, power, meanImpressionsPerUser: perUser, ...assumedVotes }
  const found = minimumEffect > 0 ? powerInterleaving(0.5 + minimumEffect, plan) : null
  const votes = found && (found.sustained ?? Math.ceil(found.decisive))
  return {
    detectable: minimumDetectableEffect(decisive, alpha, power),
    required:
      votes === null
        ? null
        : {
            effect: minimumEffect,
            votes,
            users: Math.ceil(((votes / decisiveShare) * effect) / perUser),
          },
    power,
    assumed: assumedVotes,
    method,
  }
}

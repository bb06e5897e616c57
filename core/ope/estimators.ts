import { sum } from '#core/stats/meanTest'
import type { LoggedRounds } from './loggedRounds.ts'

/** A value per round with its standard error; null with a reason where it does not exist. */
export interface OffPolicyEstimate {
  readonly value: number | null
  readonly se: number | null
  readonly reason: 'noRounds' | 'noWeight' | 'noRewardModel' | null
}

/** Knobs of the estimators that have one. */
interface OffPolicyOptions {
  /** M: weights above it are cut. */
  readonly clip: number
  /** τ: above it Switch-DR trusts the reward model alone. */
  readonly switchAt: number
  /** λ of optimistic shrinkage. */
  readonly shrinkage: number
}

type Estimator = (rounds: LoggedRounds, options: OffPolicyOptions) => OffPolicyEstimate

/**
 * Estimators of what the evaluated policy would have earned per round. They can not credit
 * exploration or effects on whether users come back.
 *
 * Sources: Horvitz & Thompson 1952 (IPS); Swaminathan & Joachims, NeurIPS 2015 (SNIPS); Dudík,
 * Langford & Li, ICML 2011 (DM, DR); Wang, Agarwal & Dudík, ICML 2017 (Switch-DR); Su et al., ICML
 * 2020 (DRos).
 */
export const offPolicyEstimators = {
  ips: ({ weight, reward }) => meanOf(weight.map((w, i) => w * reward[i]!)),
  ipsClipped: ({ weight, reward }, { clip }) =>
    meanOf(weight.map((w, i) => Math.min(w, clip) * reward[i]!)),
  snips: ({ weight, reward }) => selfNormalised(weight, reward),
  snipsClipped: ({ weight, reward }, { clip }) =>
    selfNormalised(
      weight.map((w) => Math.min(w, clip)),
      reward,
    ),
  dm: ({ value }) => (value ? meanOf(value) : noModel),
  dr: (rounds) => corrected(rounds, (w) => w),
  drClipped: (rounds, { clip }) => corrected(rounds, (w) => Math.min(w, clip)),
  sndr: ({ weight, reward, predicted, value }) => {
    if (!predicted || !value) return noModel
    const correction = selfNormalised(
      weight,
      reward.map((r, i) => r - predicted[i]!),
    )
    const direct = meanOf(value)
    return correction.value === null || direct.value === null
      ? correction
      : { value: direct.value + correction.value, se: null, reason: null }
  },
  switchDr: (rounds, { switchAt }) => corrected(rounds, (w) => (w <= switchAt ? w : 0)),
  drOs: (rounds, { shrinkage }) =>
    corrected(rounds, (w) => (w === 0 ? 0 : (shrinkage * w) / (w * w + shrinkage))),
} satisfies Record<string, Estimator>

export type OffPolicyEstimatorId = keyof typeof offPolicyEstimators

const noModel: OffPolicyEstimate = { value: null, se: null, reason: 'noRewardModel' }

/** Mean with the standard error of independent rounds. */
function meanOf(terms: readonly number[]): OffPolicyEstimate {
  const n = terms.length
  if (n === 0) return { value: null, se: null, reason: 'noRounds' }
  const value = sum(terms) / n
  const squares = sum(terms.map((x) => (x - value) ** 2))
  return { value, se: n < 2 ? null : Math.sqrt(squares / (n - 1) / n), reason: null }
}

/** Σwr/Σw with the delta-method standard error √Σ(w(r − v))²/Σw. */
function selfNormalised(weight: readonly number[], reward: readonly number[]): OffPolicyEstimate {
  if (weight.length === 0) return { value: null, se: null, reason: 'noRounds' }
  const total = sum(weight)
  if (total === 0) return { value: null, se: null, reason: 'noWeight' }
  const value = sum(weight.map((w, i) => w * reward[i]!)) / total
  const squares = sum(weight.map((w, i) => (w * (reward[i]! - value)) ** 2))
  return { value, se: Math.sqrt(squares) / total, reason: null }
}

/** mean(V̂ + w'(r − q̂)). */
function corrected(
  { weight, reward, predicted, value }: LoggedRounds,
  reweight: (w: number) => number,
): OffPolicyEstimate {
  if (!predicted || !value) return noModel
  return meanOf(value.map((v, i) => v + reweight(weight[i]!) * (reward[i]! - predicted[i]!)))
}

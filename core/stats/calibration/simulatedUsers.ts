import { normal } from '#core/random/distributions'
import type { Rng } from '#core/random/rng'
import { betaDraw } from '#core/random/betaDraw'

/** A population whose true preference is known: what the calibration of an engine needs. */
export interface Population {
  readonly users: number
  /** Probability p_u that a decisive vote of user u goes to A. */
  readonly taste:
    | { readonly kind: 'beta'; readonly a: number; readonly b: number }
    | { readonly kind: 'normal'; readonly mean: number; readonly sd: number } // clipped to [0, 1]
  /** Impressions per user. */
  readonly activity:
    | { readonly kind: 'uniform'; readonly from: number; readonly to: number }
    | { readonly kind: 'zipf'; readonly exponent: number; readonly cap: number }
  /** Share of ties among votes. */
  readonly tieRate: number
  /** Share of impressions without a vote. */
  readonly noVoteRate: number
  /** Vote values spread over [0, 1], as probabilistic interleaving gives them, instead of 0 and 1. */
  readonly soft: boolean
}

/** Votes of one simulated user, in order; values in [0, 1]. */
export type SimulatedVotes = readonly number[]

/**
 * The votes of one user. Ties are ½. A soft vote for A is uniform in (½, 1), for B in (0, ½).
 *
 * @param cumulated see `activityLaw`
 */
export function simulateUser(
  population: Population,
  cumulated: Float64Array | null,
  rng: Rng,
): SimulatedVotes {
  const taste = drawTaste(population.taste, rng)
  const impressions = drawActivity(population.activity, cumulated, rng)
  const votes: number[] = []
  for (let i = 0; i < impressions; i++) {
    if (population.noVoteRate > 0 && rng.u() < population.noVoteRate) continue
    if (population.tieRate > 0 && rng.u() < population.tieRate) {
      votes.push(0.5)
      continue
    }
    const sign = rng.u() < taste ? 1 : -1
    votes.push(0.5 + (sign / 2) * (population.soft ? rng.u() : 1))
  }
  return votes
}

/** True Δ_user of a Beta population: users' tastes do not depend on how active they are. */
export function trueDelta({ taste, tieRate, soft }: Population): number {
  if (taste.kind !== 'beta') throw new RangeError('a clipped normal taste has no simple mean')
  return (taste.a / (taste.a + taste.b) - 0.5) * (1 - tieRate) * (soft ? 0.5 : 1)
}

/** Cumulated probabilities of 1 … cap for Zipf activity, made once per population; else null. */
export function activityLaw({ activity }: Population): Float64Array | null {
  if (activity.kind === 'uniform') return null
  const { exponent, cap } = activity
  const law = new Float64Array(cap)
  let total = 0
  for (let k = 1; k <= cap; k++) law[k - 1] = total += k ** -exponent
  // Everything beyond the cap counts as the cap; the tail by Euler and Maclaurin
  const zeta = total + cap ** (1 - exponent) / (exponent - 1) - cap ** -exponent / 2
  return law.map((mass, i) => (i === cap - 1 ? 1 : mass / zeta))
}

function drawTaste(taste: Population['taste'], rng: Rng): number {
  if (taste.kind === 'beta') return betaDraw(rng, taste.a, taste.b)
  return Math.min(1, Math.max(0, taste.mean + taste.sd * normal(rng)))
}

function drawActivity(
  activity: Population['activity'],
  law: Float64Array | null,
  rng: Rng,
): number {
  if (activity.kind === 'uniform') {
    return activity.from + rng.int(activity.to - activity.from + 1)
  }
  const u = rng.u()
  return 1 + (law?.findIndex((mass) => u < mass) ?? 0)
}

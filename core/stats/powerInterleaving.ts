import { binomialUpperTail } from './binomial.ts'
import { crossing } from './crossing.ts'
import { designEffect } from './icc.ts'
import { phi, phiInverse } from './special.ts'

/** What a planner knows of the traffic, and the error rates it accepts. */
export interface PowerPlan {
  readonly alpha: number
  /** Probability of finding the preference, e.g. 0.8. */
  readonly power: number
  /** Share of ties among votes. */
  readonly tieRate: number
  /** Share of impressions without a vote. */
  readonly noVoteRate: number
  readonly meanImpressionsPerUser: number
  /** Intraclass correlation of votes within a user. */
  readonly icc: number
}

export interface PlannedSize {
  /** Decisive votes by the normal formula, not rounded. */
  readonly decisive: number
  readonly impressions: number
  readonly users: number
  readonly designEffect: number
  /** Exact power of the sign test at the rounded-up formula. */
  readonly exactPower: number
  /** See `sustainedDecisive`; null from 5000 votes on, where the formula is good enough. */
  readonly sustained: number | null
}

/** Decisive votes from which the normal formula is used as it is. */
const exactBelow = 5000

/**
 * Fixed-horizon size of an interleaving experiment in which a decisive vote goes to A with
 * probability p: m = ((z_{1−α/2}/2 + z_power·√(p(1 − p)))/(p − ½))² decisive votes.
 *
 * @param p in (0, 1)
 * @returns null for p = ½, which no sample size can find
 */
export function powerInterleaving(p: number, plan: PowerPlan): PlannedSize | null {
  if (p === 0.5) return null
  const decisive = decisiveVotes(p, plan)
  const effect = designEffect(plan.meanImpressionsPerUser, plan.icc)
  const impressions = (decisive / (1 - plan.tieRate - plan.noVoteRate)) * effect
  const rounded = Math.ceil(decisive)
  return {
    decisive,
    impressions: Math.ceil(impressions),
    users: Math.ceil(impressions / plan.meanImpressionsPerUser),
    designEffect: effect,
    exactPower: signTestPower(rounded, p, plan.alpha),
    sustained: rounded < exactBelow ? sustainedDecisive(p, plan.alpha, plan.power) : null,
  }
}

function decisiveVotes(p: number, { alpha, power }: Pick<PowerPlan, 'alpha' | 'power'>): number {
  const z = phiInverse(1 - alpha / 2) / 2 + phiInverse(power) * Math.sqrt(p * (1 - p))
  return (z / (p - 0.5)) ** 2
}

/** Power of one look at `decisive` votes by the same formula: the inverse of `decisiveVotes`. */
export function decisivePower(decisive: number, p: number, alpha: number): number {
  const reach = Math.abs(p - 0.5) * Math.sqrt(decisive) - phiInverse(1 - alpha / 2) / 2
  return phi(reach / Math.sqrt(p * (1 - p)))
}

/** Smallest p − ½ > 0 that `decisive` votes find with the given power, by the normal formula. */
export function minimumDetectableEffect(decisive: number, alpha: number, power: number): number {
  const missing = (p: number): number =>
    Math.log(decisiveVotes(p, { alpha, power })) - Math.log(decisive)
  return missing(1 - 1e-9) >= 0 ? 0.5 : crossing(missing, 0.5 + 1e-9, 1 - 1e-9) - 0.5
}

/** Smallest count c for which c wins of n, or more, are significant two-sided; n + 1 when none is. */
function criticalCount(n: number, alpha: number, from: number): number {
  let c = from
  while (c <= n && 2 * binomialUpperTail(c, n, 0.5) > alpha) c++
  return c
}

/** Exact power of the two-sided sign test with n decisive votes. */
export function signTestPower(n: number, p: number, alpha: number): number {
  return powerAt(criticalCount(n, alpha, Math.floor(n / 2) + 1), n, p)
}

const powerAt = (c: number, n: number, p: number): number =>
  binomialUpperTail(c, n, p) + binomialUpperTail(c, n, 1 - p)

/**
 * The smallest n from which the exact sign test has the power at n and at the `span` − 1 next ones:
 * exact power goes up and down with n, and a size that only just reached it may lose it again.
 */
export function sustainedDecisive(p: number, alpha: number, power: number, span = 60): number {
  let critical = 1
  for (let n = 1, since = 1; ; n++) {
    critical = criticalCount(n, alpha, critical)
    if (powerAt(critical, n, p) < power) since = n + 1
    else if (n - since + 1 >= span) return since
  }
}

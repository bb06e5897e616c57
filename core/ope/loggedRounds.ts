/** Logged rounds as columns, one row per decision. */
export interface LoggedRounds {
  /** w = π_e(a|x)/π_b(a|x) of the logged action. */
  readonly weight: readonly number[]
  readonly reward: readonly number[]
  /** q̂(x, a) of the logged action; null without a reward model. */
  readonly predicted: readonly number[] | null
  /** V̂ = Σ_a π_e(a|x)·q̂(x, a); null without a reward model. */
  readonly value: readonly number[] | null
}

/** One decision of the log with what the evaluated policy would have done. */
export interface LoggedDecision {
  /** Row of the logged action. */
  readonly action: number
  /** Logged propensity π_b(a|x). */
  readonly propensity: number
  readonly reward: number
  /** π_e(·|x). */
  readonly target: readonly number[]
  /** π_b(·|x), where all of it was logged: lets the support be checked. */
  readonly logging?: readonly number[]
  /** q̂(x, ·). */
  readonly predicted?: readonly number[]
}

/**
 * The columns that all estimators share.
 *
 * @returns null where the evaluated policy takes actions that the logging policy never takes: then
 * no estimator is unbiased, and none is given
 * @throws RangeError for a propensity outside (0, 1]
 */
export function loggedRounds(decisions: readonly LoggedDecision[]): LoggedRounds | null {
  const weight: number[] = []
  for (const { action, propensity, target, logging } of decisions) {
    if (logging && target.some((share, a) => share > 0 && logging[a] === 0)) return null
    if (!(propensity > 0 && propensity <= 1)) {
      throw new RangeError(`propensity ${propensity} is not in (0, 1]`)
    }
    weight.push(target[action]! / propensity)
  }
  const modelled = decisions.every((d) => d.predicted !== undefined)
  return {
    weight,
    reward: decisions.map((d) => d.reward),
    predicted: modelled ? decisions.map((d) => d.predicted?.[d.action] ?? 0) : null,
    value: modelled
      ? decisions.map((d) =>
          d.target.reduce((v, share, a) => v + share * (d.predicted?.[a] ?? 0), 0),
        )
      : null,
  }
}

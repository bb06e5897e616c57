import type { BanditLog } from '#core/dataset/kinds/bandit'
import { levelOfP, type HealthLevel } from '#core/stats/healthLevel'
import { normalTwoSided } from '#core/stats/special'

export interface PropensityChecks {
  readonly least: number
  readonly greatest: number
  /** Whether every decision was uniform over the actions, as Li's replay needs. */
  readonly uniform: boolean
  /** Mean of 1/propensity, which estimates the number of actions; per round. */
  readonly meanInverse: number
  readonly actions: number
  /** The action whose frequency fits its propensities worst. */
  readonly worst: { readonly action: string; readonly z: number } | null
  /** Two-sided p of that z, times the number of actions. */
  readonly p: number | null
  readonly level: HealthLevel
}

/**
 * Whether the logged propensities can be the ones that the log was drawn with: for every action the
 * mean of 1{a_t = a}/π_b(a) is 1. A propensity that is wrong for one action shows at that action
 * even where the mean weight of the evaluated policy hides it.
 *
 * Source: the control variate of Thomas & Brunskill, ICML 2016, taken per action.
 */
export function propensityChecks(log: BanditLog): PropensityChecks {
  const { actions, rounds, propensity, action, actionIds } = log
  const sums = new Float64Array(actions)
  const squares = new Float64Array(actions)
  let inverse = 0
  let least = Infinity
  let greatest = 0
  for (let i = 0; i < rounds; i++) {
    const w = 1 / propensity[i]!
    inverse += w
    least = Math.min(least, propensity[i]!)
    greatest = Math.max(greatest, propensity[i]!)
    sums[action[i]!]! += w
    squares[action[i]!]! += w * w
  }
  let worst: { action: string; z: number } | null = null
  for (let a = 0; a < actions; a++) {
    if (rounds < 2 || sums[a] === 0) continue
    const mean = sums[a]! / rounds
    // 1{a_t = a}/π_b has variance E[1/π_b] − 1; its sample form breaks down where the mean is off
    const variance = Math.max(squares[a]! / rounds - mean * mean, 1e-12)
    const z = (mean - 1) / Math.sqrt(variance / rounds)
    if (!worst || Math.abs(z) > Math.abs(worst.z)) worst = { action: actionIds[a]!, z }
  }
  const p = worst ? Math.min(1, actions * normalTwoSided(worst.z)) : null
  const uniform = rounds > 0 && greatest - least < 1e-9 && Math.abs(least * actions - 1) < 1e-6
  return {
    least: rounds > 0 ? least : 0,
    greatest,
    uniform,
    meanInverse: rounds > 0 ? inverse / rounds : 0,
    actions,
    worst,
    p,
    level: levelOfP(p),
  }
}

import type { HealthLevel } from '#core/stats/healthLevel'
import { sum } from '#core/stats/meanTest'
import { offPolicyEstimators } from './estimators.ts'
import type { LoggedRounds } from './loggedRounds.ts'

export interface WeightDiagnostics {
  readonly rounds: number
  /** Kish's effective sample size (Σw)²/Σw²; 0 without weight. */
  readonly ess: number
  readonly essRatio: number | null
  readonly maxWeight: number | null
  /** Share of the largest weight in Σw. */
  readonly maxWeightShare: number | null
  readonly clippedFraction: number | null
  /** Should be 1. */
  readonly meanWeight: number | null
  /** (mean − 1)/(sd/√n); null without variance. */
  readonly meanWeightZ: number | null
  /** IPS outside the range that rewards can have: wrong propensities, or too few rounds. */
  readonly outsideRange: boolean
  readonly level: HealthLevel
}

/**
 * What must be looked at before an off-policy number is believed.
 *
 * Source: Kong, Liu & Wong, JASA 89(425), 1994 (effective sample size).
 * @param clip M of the clipped estimators
 * @param range what one reward can be
 */
export function weightDiagnostics(
  rounds: LoggedRounds,
  clip: number,
  range: { readonly low: number; readonly high: number } = { low: 0, high: 1 },
): WeightDiagnostics {
  const { weight } = rounds
  const n = weight.length
  const total = sum(weight)
  const squares = sum(weight.map((w) => w * w))
  const ess = squares === 0 ? 0 : (total * total) / squares
  const maxWeight = weight.reduce<number | null>((most, w) => Math.max(most ?? w, w), null)
  const mean = n === 0 ? null : total / n
  const z = meanWeightZ(weight, mean)
  const ips = offPolicyEstimators.ips(rounds).value
  const outsideRange = ips !== null && (ips < range.low || ips > range.high)
  return {
    rounds: n,
    ess,
    essRatio: n === 0 ? null : ess / n,
    maxWeight,
    maxWeightShare: maxWeight === null || total === 0 ? null : maxWeight / total,
    clippedFraction: n === 0 ? null : weight.filter((w) => w > clip).length / n,
    meanWeight: mean,
    meanWeightZ: z,
    outsideRange,
    level: outsideRange || Math.abs(z ?? 0) > 4 ? 'block' : Math.abs(z ?? 0) > 2 ? 'warn' : 'ok',
  }
}

function meanWeightZ(weight: readonly number[], mean: number | null): number | null {
  if (mean === null || weight.length < 2) return null
  const squares = sum(weight.map((w) => (w - mean) ** 2))
  const se = Math.sqrt(squares / (weight.length - 1) / weight.length)
  return se <= 1e-14 * mean || se === 0 ? null : (mean - 1) / se
}

/** Weights counted in bins of equal width on log₁₀ w, zeros apart: for a histogram with log counts. */
export function weightHistogram(
  weight: readonly number[],
  binsPerDecade = 4,
): {
  readonly zeros: number
  readonly bins: readonly { readonly from: number; readonly to: number; readonly count: number }[]
} {
  const counts = new Map<number, number>()
  for (const w of weight) {
    if (w <= 0) continue
    const bin = Math.floor(Math.log10(w) * binsPerDecade)
    counts.set(bin, (counts.get(bin) ?? 0) + 1)
  }
  const bins = [...counts]
    .sort(([a], [b]) => a - b)
    .map(([bin, count]) => ({
      from: 10 ** (bin / binsPerDecade),
      to: 10 ** ((bin + 1) / binsPerDecade),
      count,
    }))
  return { zeros: weight.filter((w) => w <= 0).length, bins }
}

/** IPS and SNIPS over clipping thresholds: a value that moves with M is not one to report alone. */
export const clipSweep = (
  rounds: LoggedRounds,
  thresholds: readonly number[],
): readonly {
  readonly clip: number
  readonly ips: number | null
  readonly snips: number | null
}[] =>
  thresholds.map((clip) => {
    const options = { clip, switchAt: clip, shrinkage: 1 }
    return {
      clip,
      ips: offPolicyEstimators.ipsClipped(rounds, options).value,
      snips: offPolicyEstimators.snipsClipped(rounds, options).value,
    }
  })

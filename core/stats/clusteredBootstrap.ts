import { quantileSorted } from 'd3-array'
import type { Rng } from '#core/random/rng'
import type { Interval } from './interval.ts'
import { sum } from './meanTest.ts'
import { phi, phiInverse } from './special.ts'

/** One user's part of a ratio: Δ = Σ numerator / Σ denominator. */
export interface RatioCluster {
  readonly numerator: number
  readonly denominator: number
}

export interface ClusteredBootstrap {
  readonly estimate: number
  /** In the order drawn. */
  readonly replicates: Float64Array
  readonly mean: number
  readonly se: number
  readonly percentile: Interval
  readonly basic: Interval
  /** Null when the replicates or the jackknife have no spread. */
  readonly bca: { readonly interval: Interval; readonly z0: number; readonly a: number } | null
}

/**
 * Bootstrap of a ratio over users: G users are drawn with replacement, one `int(G)` each, and sums
 * are divided once, so that integer sums make replicates comparable exactly. Quantiles are type 7.
 *
 * Source: Efron, "Better bootstrap confidence intervals", JASA 82(397), 1987 (BCa); Davison &
 * Hinkley, "Bootstrap methods and their application", 1997, ch. 5.
 * @param replicates number of resamples B, at least 2
 * @returns null for fewer than two users or a denominator of zero
 */
export function clusteredBootstrap(
  users: readonly RatioCluster[],
  replicates: number,
  alpha: number,
  rng: Rng,
): ClusteredBootstrap | null {
  const total = sum(users.map((u) => u.denominator))
  if (users.length < 2 || total === 0) return null
  const numerator = sum(users.map((u) => u.numerator))
  const estimate = numerator / total
  const drawn = new Float64Array(replicates)
  for (let b = 0; b < replicates; b++) drawn[b] = resample(users, rng)
  const sorted = [...drawn].sort((x, y) => x - y)
  const at = (p: number): number => quantileSorted(sorted, p) ?? estimate
  const percentile = { low: at(alpha / 2), high: at(1 - alpha / 2) }
  const mean = sum(drawn) / replicates
  return {
    estimate,
    replicates: drawn,
    mean,
    se: Math.sqrt(sum(drawn.map((x) => (x - mean) ** 2)) / (replicates - 1)),
    percentile,
    basic: { low: 2 * estimate - percentile.high, high: 2 * estimate - percentile.low },
    bca: accelerated(users, numerator, total, drawn, at, alpha),
  }
}

function resample(users: readonly RatioCluster[], rng: Rng): number {
  let numerator = 0
  let denominator = 0
  for (let i = 0; i < users.length; i++) {
    const user = users[rng.int(users.length)]!
    numerator += user.numerator
    denominator += user.denominator
  }
  return denominator === 0 ? 0 : numerator / denominator
}

/** Bias-corrected and accelerated levels, read off the same replicates. */
function accelerated(
  users: readonly RatioCluster[],
  numerator: number,
  denominator: number,
  drawn: Float64Array,
  at: (p: number) => number,
  alpha: number,
): ClusteredBootstrap['bca'] {
  const estimate = numerator / denominator
  let below = 0
  for (const x of drawn) below += x < estimate ? 1 : x === estimate ? 0.5 : 0
  const z0 = phiInverse(below / drawn.length)
  const without = users
    .filter((u) => denominator > u.denominator)
    .map((u) => (numerator - u.numerator) / (denominator - u.denominator))
  const centre = sum(without) / without.length
  const cubes = sum(without.map((x) => (centre - x) ** 3))
  const squares = sum(without.map((x) => (centre - x) ** 2))
  if (!Number.isFinite(z0) || squares === 0) return null
  const a = cubes / (6 * squares ** 1.5)
  const level = (z: number): number => phi(z0 + (z0 + z) / (1 - a * (z0 + z)))
  const z = phiInverse(1 - alpha / 2)
  return { interval: { low: at(level(-z)), high: at(level(z)) }, z0, a }
}

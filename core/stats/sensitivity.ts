import { quantileSorted } from 'd3-array'
import type { Rng } from '#core/random/rng'
import type { Interval } from './interval.ts'
import { sum } from './meanTest.ts'

/** One pair of rankers, measured by interleaving and by an A/B test. */
export interface SensitivityPair {
  readonly zInterleaving: number
  readonly nInterleaving: number
  readonly zAb: number
  readonly nAb: number
}

export interface PooledRatio {
  /** Per pair; null where it is not estimable. */
  readonly ratios: readonly (number | null)[]
  /** Geometric mean over the usable pairs, with a bootstrap over them; null without one. */
  readonly pooled: number | null
  /** Null with fewer than two usable pairs: one pair says nothing about the next. */
  readonly interval: Interval | null
}

export interface SensitivityRatio extends PooledRatio {
  /** The A/B metric that the ratio is about; it means nothing without. */
  readonly abMetric: string
}

export interface Bootstrap {
  readonly replicates: number
  readonly rng: Rng
}

/**
 * How many times fewer impressions interleaving needs for the same evidence:
 * R = (z_IL²/n_IL)/(z_AB²/n_AB); null where |z_AB| < 1, as dividing by noise gives any number.
 *
 * Source: Chapelle, Joachims, Radlinski & Yue, ACM TOIS 30(1), 2012 (z-score efficiency).
 * @param bootstrap number of resamples of pairs, and their randomness
 */
export function sensitivityRatio(
  pairs: readonly SensitivityPair[],
  abMetric: string,
  alpha: number,
  bootstrap: Bootstrap,
): SensitivityRatio {
  return { abMetric, ...pooledRatio(pairs.map(ratioOf), alpha, bootstrap) }
}

/** Geometric mean of ratios with a percentile bootstrap over them. */
export function pooledRatio(
  ratios: readonly (number | null)[],
  alpha: number,
  bootstrap: Bootstrap,
): PooledRatio {
  const logs = ratios.filter((r): r is number => r !== null).map(Math.log)
  if (logs.length === 0) return { ratios, pooled: null, interval: null }
  const means = Array.from({ length: bootstrap.replicates }, () => {
    const drawn = logs.map(() => logs[bootstrap.rng.int(logs.length)]!)
    return sum(drawn) / drawn.length
  }).sort((a, b) => a - b)
  const at = (p: number): number => Math.exp(quantileSorted(means, p) ?? 0)
  return {
    ratios,
    pooled: Math.exp(sum(logs) / logs.length),
    interval:
      means.length === 0 || logs.length < 2
        ? null
        : { low: at(alpha / 2), high: at(1 - alpha / 2) },
  }
}

function ratioOf(pair: SensitivityPair): number | null {
  const { zInterleaving, nInterleaving, zAb, nAb } = pair
  // z_IL = 0 leaves no ratio on a logarithmic scale either
  if (Math.abs(zAb) < 1 || zInterleaving === 0 || nInterleaving === 0 || nAb === 0) return null
  return zInterleaving ** 2 / nInterleaving / (zAb ** 2 / nAb)
}

/**
 * The smallest subsample in which at least `share` of the draws have the sign of the whole sample:
 * the other route to a ratio, n of an A/B outcome over n of interleaving scores.
 *
 * @param values one per unit, zero meaning no preference
 * @returns null when the whole has no sign, or even its full size does not reach the share
 */
export function sizeForRightSign(
  values: readonly number[],
  share: number,
  draws: number,
  rng: Rng,
): number | null {
  const sign = Math.sign(sum(values))
  if (sign === 0) return null
  const reached = (n: number): boolean => {
    let right = 0
    for (let draw = 0; draw < draws; draw++) {
      let total = 0
      for (let i = 0; i < n; i++) total += values[rng.int(values.length)]!
      if (Math.sign(total) === sign) right++
    }
    return right >= share * draws
  }
  let high = 1
  while (!reached(high)) {
    if (high === values.length) return null
    high = Math.min(values.length, 2 * high)
  }
  let low = Math.floor(high / 2)
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (reached(middle)) high = middle
    else low = middle
  }
  return high
}

import { clusteredRatio } from '#core/stats/clusteredRatio'
import type { Estimate } from './summary.ts'

/** Σ numerator / Σ denominator, clustered by user, as it stands in a summary. */
export function ratioEstimate(
  numerator: ArrayLike<number>,
  denominator: ArrayLike<number>,
  level: number,
): Estimate {
  const ratio = clusteredRatio(numerator, denominator, 1 - level)
  const { value, interval, clusters, reason } = ratio
  return {
    value,
    low: interval?.low ?? null,
    high: interval?.high ?? null,
    n: clusters,
    ...(reason !== null && { reason }),
  }
}

import { studentInverse } from '#core/stats/special'
import type { Estimate } from './summary.ts'

/**
 * Σ numerator / Σ denominator with a cluster-robust t interval, one cluster per user
 * (statistics.md §5.1: CRSE² = G/(G−1) · Σ(c_g − p·n_g)² / N²). Users with denominator 0 are left out.
 *
 * @param level confidence in (0, 1)
 */
export function clusteredRatio(
  numerator: ArrayLike<number>,
  denominator: ArrayLike<number>,
  level: number,
): Estimate & { readonly standardError: number | null } {
  let groups = 0
  let sum = 0
  let size = 0
  for (let g = 0; g < denominator.length; g++) {
    if (denominator[g]! <= 0) continue
    groups++
    sum += numerator[g]!
    size += denominator[g]!
  }
  const empty = { value: null, low: null, high: null, n: groups, standardError: null }
  if (groups === 0) return { ...empty, reason: 'noData' }
  const value = sum / size
  if (groups < 2) return { ...empty, value, reason: 'fewerThanTwoUsers' }
  let square = 0
  for (let g = 0; g < denominator.length; g++) {
    if (denominator[g]! > 0) square += (numerator[g]! - value * denominator[g]!) ** 2
  }
  const standardError = Math.sqrt((groups / (groups - 1)) * square) / size
  const half = studentInverse(1 - (1 - level) / 2, groups - 1) * standardError
  return { value, low: value - half, high: value + half, n: groups, standardError }
}

/** The estimate alone, as it stands in a summary. */
export function ratioEstimate(...args: Parameters<typeof clusteredRatio>): Estimate {
  const { value, low, high, n, reason } = clusteredRatio(...args)
  return { value, low, high, n, ...(reason !== undefined && { reason }) }
}

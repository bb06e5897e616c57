import type { AnalysisSpec } from '#core/experimentSpec'
import { streams } from '#core/random/philox'
import { clusteredBootstrap } from '#core/stats/clusteredBootstrap'
import type { Interval } from '#core/stats/interval'
import type { ClosedUser } from './userSubset.ts'

/** Resamples: quantiles at 2.5 % then rest on 25 of them; fewer where users are very many. */
const replicatesOf = (users: number) =>
  Math.max(200, Math.min(1000, Math.floor(20_000_000 / Math.max(1, users))))
const binCount = 30

/** How Δ would scatter over other users of the same kind. */
export interface DeltaBootstrap {
  readonly estimate: number
  readonly replicates: number
  /** Resamples by their Δ, in bins of equal width. */
  readonly bins: readonly { readonly from: number; readonly to: number; readonly n: number }[]
  readonly percentile: Interval
  /** Null where the resamples have no spread. */
  readonly bca: Interval | null
  readonly n: number // users with a vote
}

/**
 * Bootstrap of the user-level Δ over the users with a vote, by a stream of its own, so that the same run
 * gives the same picture. It looks once and pays for no peeking: a second opinion on the shape of the
 * error, not part of the verdict.
 *
 * Source: Efron, JASA 82(397), 1987 (BCa).
 */
export function deltaBootstrap(
  closed: readonly ClosedUser[],
  { errorRate }: Pick<AnalysisSpec, 'errorRate'>,
): DeltaBootstrap | null {
  const users = closed
    .filter(({ vote }) => !Number.isNaN(vote))
    .map(({ vote }) => ({ numerator: vote - 0.5, denominator: 1 }))
  const replicates = replicatesOf(users.length)
  const found = clusteredBootstrap(users, replicates, errorRate, streams(0)('bootstrap', 0))
  if (!found) return null
  return {
    estimate: found.estimate,
    replicates,
    bins: binsOf(found.replicates),
    percentile: found.percentile,
    bca: found.bca?.interval ?? null,
    n: users.length,
  }
}

function binsOf(values: Float64Array): DeltaBootstrap['bins'] {
  const sorted = values.toSorted()
  const [low, high] = [sorted[0]!, sorted.at(-1)!]
  if (low === high) return [{ from: low, to: high, n: values.length }]
  const width = (high - low) / binCount
  const counts = new Array<number>(binCount).fill(0)
  for (const value of values) {
    const place = Math.min(binCount - 1, Math.floor((value - low) / width))
    counts[place] = counts[place]! + 1
  }
  return counts.map((n, i) => ({ from: low + i * width, to: low + (i + 1) * width, n }))
}

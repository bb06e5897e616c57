import type { Comparison } from './comparison.ts'

/**
 * The numbers of one point of a run's curves, in storage order. A point is taken every
 * `pointEvery` impressions; "window" means since the previous point. NaN = not estimable.
 * docs/metrics.md defines each.
 */
export const pointMetrics = [
  'impressions', // served so far
  'seconds', // simulated time of the last request
  'users', // users whose enrolment has closed
  'winsA', // impressions so far with outcome A …
  'winsB',
  'ties',
  'noVotes',
  'identical', // impressions so far with L = L~ (counted among the ties when clicked)
  'delta', // user-level preference Δ of A over B, −0.5 … 0.5
  'low', // running confidence sequence of Δ
  'high',
  'logE', // ln e-value against Δ = 0
  'ctr', // clicks per shown item in the window (observed)
  'ctrA', // expected clicks per item of L in the window, from the click model
  'ctrB', // the same of L~
  'ctrServed', // the same of the interleaved list
  'ctrRandom', // the same of the reference policies on the same requests
  'ctrPopularity',
  'ctrStatic',
  'ctrGreedyMf',
  'ctrUntrained',
  'ctrOracle',
  'ndcgA', // nDCG@k of L in the window, pool ideal
  'precisionA', // items of L with a grade of at least 3, per k
  'overlap', // mean |L ∩ L~| / k in the window
  'duelsWon', // update duels so far that Q~ won …
  'duelsLost',
  'duelsTied',
  'duelsVoid',
  'majorUpdates', // so far
  'loss', // mean TD loss of the last major update
  'normRatio', // ‖W‖ / ‖W at the first request‖
  'explorationCost', // expected clicks lost so far by serving the interleaved list instead of L
  'effectiveItems', // exp(entropy) of item exposures so far
  // of the further challengers of a duel or a split, as delta, low and high are of the first
  'deltaC',
  'lowC',
  'highC',
  'deltaD',
  'lowD',
  'highD',
  'deltaE',
  'lowE',
  'highE',
  'deltaF',
  'lowF',
  'highF',
] as const

export type PointMetric = (typeof pointMetrics)[number]
export const pointWidth = pointMetrics.length

/** Position of a metric in a point. */
export const pointIndex = Object.fromEntries(
  pointMetrics.map((name, index) => [name, index]),
) as Readonly<Record<PointMetric, number>>

/** Where the curves of each challenger stand, the first one first. */
export const challengerMetrics = [
  { delta: 'delta', low: 'low', high: 'high' },
  { delta: 'deltaC', low: 'lowC', high: 'highC' },
  { delta: 'deltaD', low: 'lowD', high: 'highD' },
  { delta: 'deltaE', low: 'lowE', high: 'highE' },
  { delta: 'deltaF', low: 'lowF', high: 'highF' },
] as const satisfies readonly Readonly<Record<'delta' | 'low' | 'high', PointMetric>>[]

/** The columns of all challengers; NaN where there is no such challenger, or no interval yet. */
export function challengerColumns(
  comparisons: readonly Pick<Comparison, 'delta' | 'interval'>[],
): Readonly<Partial<Record<PointMetric, number>>> {
  const columns: Partial<Record<PointMetric, number>> = {}
  challengerMetrics.forEach(({ delta, low, high }, i) => {
    const comparison = comparisons[i]
    const interval = comparison?.interval()
    columns[delta] = comparison?.delta() ?? Number.NaN
    columns[low] = interval?.low ?? Number.NaN
    columns[high] = interval?.high ?? Number.NaN
  })
  return columns
}

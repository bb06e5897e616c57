import { pointIndex, pointWidth, type PointMetric } from '../run/point.ts'
import type { RunData } from './reportInput.ts'

/** The points of a run as columns. */
export interface Points {
  readonly count: number
  /** NaN where a metric is not estimable. */
  column(metric: PointMetric): Float64Array
}

/** @throws RangeError when the rows are not whole */
export function readPoints(points: RunData['points']): Points {
  const batches = points instanceof Float64Array ? [points] : points
  const length = batches.reduce((sum, batch) => sum + batch.length, 0)
  if (length % pointWidth !== 0) {
    throw new RangeError(`${length} numbers are no rows of ${pointWidth}`)
  }
  const all = new Float64Array(length)
  let at = 0
  for (const batch of batches) {
    all.set(batch, at)
    at += batch.length
  }
  const count = length / pointWidth
  return {
    count,
    column(metric) {
      const index = pointIndex[metric]
      return Float64Array.from({ length: count }, (_, row) => all[row * pointWidth + index]!)
    },
  }
}

/** Rows to draw or to list: at most `most`, evenly spaced, the first and the last among them. */
export function thinned(count: number, most: number): number[] {
  if (count <= most) return Array.from({ length: count }, (_, i) => i)
  return Array.from({ length: most }, (_, i) => Math.round((i * (count - 1)) / (most - 1)))
}

/** Consecutive points put together, so that the noise of single windows does not hide the curve. */
export interface Bins {
  /** Impressions served at the end of each bin. */
  readonly end: Float64Array
  /** Means of a metric of windows, weighted by their impressions; NaN where no window has a value. */
  mean(metric: PointMetric): Float64Array
}

/** @param most bins; every point is a bin of its own where there are no more points */
export function binned(points: Points, most: number): Bins {
  const served = points.column('impressions')
  const count = Math.min(most, points.count)
  const last = (bin: number) => Math.floor(((bin + 1) * points.count) / count) - 1
  return {
    end: Float64Array.from({ length: count }, (_, bin) => served[last(bin)]!),
    mean(metric) {
      const values = points.column(metric)
      return Float64Array.from({ length: count }, (_, bin) => {
        let sum = 0
        let weights = 0
        for (let i = bin === 0 ? 0 : last(bin - 1) + 1; i <= last(bin); i++) {
          const weight = served[i]! - (i === 0 ? 0 : served[i - 1]!)
          if (!Number.isFinite(values[i]!) || !(weight > 0)) continue
          sum += weight * values[i]!
          weights += weight
        }
        return sum / weights
      })
    },
  }
}

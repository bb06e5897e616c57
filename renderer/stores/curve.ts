import { pointIndex, pointWidth, type PointMetric } from '#core/run/point'

/** The points of one run as rows of `pointMetrics`, growing at the end. */
export interface Curve {
  readonly rows: number
  /** Value of a metric in a row; NaN when it was not estimable there. */
  at(row: number, metric: PointMetric): number
  /** The whole column. */
  column(metric: PointMetric): Float64Array
}

/** A curve that takes frames. */
export interface GrowingCurve extends Curve {
  /**
   * Takes rows that end with step `lastStep`. Rows are numbered by step, so that a run which went
   * back to a checkpoint overwrites what came after it.
   * @param points rows × pointWidth
   */
  append(points: Float64Array, lastStep: number): void
}

export function growingCurve(): GrowingCurve {
  let values = new Float64Array(64 * pointWidth)
  let rows = 0
  return {
    get rows() {
      return rows
    },
    at: (row, metric) => values[row * pointWidth + pointIndex[metric]] ?? Number.NaN,
    column(metric) {
      const column = new Float64Array(rows)
      const place = pointIndex[metric]
      for (let row = 0; row < rows; row++) column[row] = values[row * pointWidth + place]!
      return column
    },
    append(points, lastStep) {
      const count = points.length / pointWidth
      if (count === 0) return
      const from = Math.min(rows, Math.max(0, lastStep + 1 - count))
      while ((from + count) * pointWidth > values.length) {
        const longer = new Float64Array(values.length * 2)
        longer.set(values)
        values = longer
      }
      values.set(points, from * pointWidth)
      rows = from + count
    },
  }
}

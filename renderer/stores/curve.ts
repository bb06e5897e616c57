import { pointIndex, pointMetrics, pointWidth, type PointMetric } from '#core/run/point'

/** The points of one run as rows of `pointMetrics`, growing at the end. */
export interface Curve {
  readonly rows: number
  /** Value of a metric in a row; NaN when it was not estimable there. */
  at(row: number, metric: PointMetric): number
  /** The whole column, not a copy: to be read before the next frame. */
  column(metric: PointMetric): Float64Array
}

/** Takes the frames of a run, and gives a curve of those taken so far. */
export interface GrowingCurve {
  readonly rows: number
  /** A new one each time, which does not grow: what shows it can tell that it has changed. */
  curve(): Curve
  /**
   * Takes rows that end with step `lastStep`. Rows are numbered by step, so that a run which went
   * back to a checkpoint overwrites what came after it.
   * @param points rows × pointWidth
   */
  append(points: Float64Array, lastStep: number): void
}

/** Kept by columns: a chart reads whole ones, and of a long run they would be dear to gather. */
export function growingCurve(): GrowingCurve {
  let columns = pointMetrics.map(() => new Float64Array(64))
  let rows = 0
  return {
    get rows() {
      return rows
    },
    curve: () => rowsOf(columns, rows),
    append(points, lastStep) {
      const count = points.length / pointWidth
      const from = Math.min(rows, Math.max(0, lastStep + 1 - count))
      const wanted = from + count
      if (wanted > columns[0]!.length) {
        columns = columns.map((column) => {
          const longer = new Float64Array(2 * wanted)
          longer.set(column)
          return longer
        })
      }
      columns.forEach((column, place) => {
        for (let row = 0; row < count; row++) column[from + row] = points[row * pointWidth + place]!
      })
      rows = wanted
    },
  }
}

function rowsOf(columns: readonly Float64Array[], rows: number): Curve {
  return {
    rows,
    at: (row, metric) =>
      row < rows ? (columns[pointIndex[metric]]![row] ?? Number.NaN) : Number.NaN,
    column: (metric) => columns[pointIndex[metric]]!.subarray(0, rows),
  }
}

import type { PointMetric } from '#core/run/point'
import type { Curve } from './curve.ts'

/** A curve of columns; those that are not there are NaN throughout. */
export function columnCurve(
  columns: Readonly<Partial<Record<PointMetric, readonly (number | null)[]>>>,
): Curve {
  const rows = columns.users?.length ?? 0
  const at = (row: number, metric: PointMetric) => columns[metric]?.[row] ?? Number.NaN
  return {
    rows,
    at,
    column: (metric) => Float64Array.from({ length: rows }, (_, row) => at(row, metric)),
  }
}

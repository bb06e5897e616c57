import type { ChartTable } from './chart.ts'

/** A column of numbers and how one of them is written. */
export interface NumberColumn {
  readonly label: string
  readonly values: ArrayLike<number>
  readonly format: (value: number) => string
}

/**
 * A table by columns, x first. A row is written when it is asked for, so that a curve of many points
 * costs nothing until somebody reads it.
 */
export function columnTable(columns: readonly NumberColumn[]): ChartTable {
  const x = columns[0]?.values ?? []
  return {
    columns: columns.map(({ label }) => label),
    rows: {
      length: x.length,
      at: (row) =>
        row < 0 || row >= x.length
          ? undefined
          : columns.map(({ values, format }) => format(values[row] ?? Number.NaN)),
    },
    x,
    values: columns.map(({ values }) => values),
  }
}

import { missing } from '#core/format'
import type { Cell } from '#core/report/csvLines'
import type { ChartTable } from './chart.ts'

/** A number as `core/format` writes it. */
const WRITTEN = /^\u2212?\d[\d,]*(\.\d+)?(e[\u2212+]?\d+)?$/
const PER_CENT = /[ \u00a0]%$/

/** What stands in a cell: a number in full precision where it is known, null where nothing does. */
export function cellOf(table: ChartTable, row: number, column: number): Cell {
  const exact = table.values?.[column]?.[row]
  if (exact !== undefined) return Number.isFinite(exact) ? exact : null
  const text = table.rows.at(row)?.[column] ?? ''
  if (text === '' || text === missing) return null
  const bare = text.replace(PER_CENT, '')
  return WRITTEN.test(bare) ? Number(bare.replaceAll(',', '').replaceAll('\u2212', '-')) : text
}

/** The name of a column with its unit, where its cells carry one that the numbers do not. */
function headOf(table: ChartTable, column: number): string {
  const label = table.columns[column] ?? ''
  const isShare =
    !table.values?.[column] &&
    !label.includes('%') &&
    Array.from({ length: table.rows.length }, (_, row) => table.rows.at(row)?.[column] ?? '').some(
      (text) => PER_CENT.test(text),
    )
  return isShare ? `${label}, %` : label
}

/** Row numbers by one column: numbers before words, what is missing last, equal ones as they stand. */
export function sortedRows(table: ChartTable, column: number, descending: boolean): number[] {
  const cells = Array.from({ length: table.rows.length }, (_, row) => cellOf(table, row, column))
  const sign = descending ? -1 : 1
  return cells
    .map((_, row) => row)
    .sort((one, other) => {
      const [a, b] = [cells[one] ?? null, cells[other] ?? null]
      if (a === null || b === null) return Number(a === null) - Number(b === null)
      if (typeof a === 'number' && typeof b === 'number') return sign * (a - b)
      if (typeof a === 'string' && typeof b === 'string') return sign * (a < b ? -1 : a > b ? 1 : 0)
      return typeof a === 'number' ? -1 : 1
    })
}

/** Every row under a head that names columns with their units, for `csvLines` to guard and quote. */
export function tableRows(table: ChartTable): readonly (readonly Cell[])[] {
  const rows = Array.from({ length: table.rows.length }, (_, row) =>
    table.columns.map((_, column) => cellOf(table, row, column)),
  )
  return [table.columns.map((_, column) => headOf(table, column)), ...rows]
}

/** As it is read on the screen, for a spreadsheet's clipboard. */
export function tableText(table: ChartTable, rows: readonly number[]): string {
  const lines = [table.columns, ...rows.map((row) => table.rows.at(row) ?? [])]
  return lines.map((cells) => cells.join('\t').replaceAll('\n', ' ')).join('\n')
}

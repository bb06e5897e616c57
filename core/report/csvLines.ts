import type { Language } from '../languages.ts'

export type Cell = string | number | null

/**
 * RFC 4180. Text that a spreadsheet would take for a formula gets a leading apostrophe; numbers never
 * do. Chinese starts with a byte order mark, which Excel needs to see that it is UTF-8.
 */
export function csvLines(rows: readonly (readonly Cell[])[], language: Language): string {
  const bom = language === 'zh-CN' ? '\ufeff' : ''
  return bom + rows.map((row) => `${row.map(written).join(',')}\r\n`).join('')
}

/** Beginnings that a spreadsheet runs, the full-width forms among them. */
const FORMULA = /^[\s\u00a0]*[=+\-@\t\r＝＋－＠]/

function written(cell: Cell): string {
  if (cell === null) return ''
  if (typeof cell === 'number') return Number.isFinite(cell) ? String(cell) : ''
  const guarded = FORMULA.test(cell) ? `'${cell}` : cell
  return /[",\r\n]/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded
}

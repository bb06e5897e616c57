import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'

/**
 * The lines, from 1, on which rows begin: DuckDB counts the rows that it takes, so what it skips
 * (blank lines, the header, broken lines) has to be counted in again.
 * @param rows ascending numbers of rows, from 0
 * @param skipped ascending lines that are no rows
 */
export async function linesOfRows(
  path: string,
  rows: readonly number[],
  skipped: readonly number[],
  format: { readonly quoted: boolean; readonly header: boolean },
  cancel: { readonly aborted: boolean },
): Promise<ReadonlyMap<number, number>> {
  const found = new Map<number, number>()
  const input = createReadStream(path)
  const left = new Set(skipped)
  let line = 0
  let row = format.header ? -1 : 0
  let wanted = 0
  let isOpen = false
  try {
    for await (const text of createInterface({ input, crlfDelay: Infinity })) {
      if (cancel.aborted) break
      line++
      const begins = !isOpen
      if (format.quoted && (text.split('"').length - 1) % 2 === 1) isOpen = !isOpen
      if (!begins || text.trim() === '' || left.has(line)) continue
      if (row === rows[wanted]) {
        found.set(row, line)
        if (++wanted === rows.length) break
      }
      row++
    }
  } finally {
    input.destroy()
  }
  return found
}

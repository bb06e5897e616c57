import { fixes } from './fieldSql.ts'
import { figures } from './logBuilder.ts'
import { rejectedLines } from './source.ts'
import type { DuckSession } from './session.ts'
import type { StagedColumn } from './stage.ts'

/** A row that is left out. */
export interface BadRow {
  /** Number of the row among all staged, from 0; or, of a broken line, its line from 1. */
  readonly at: { readonly row: number } | { readonly line: number }
  readonly column: string
  readonly value: string
  readonly fix: string
  readonly original: readonly string[]
}

export interface RowCounts {
  readonly rows: number // broken lines with them
  readonly bad: number
  readonly broken: number // lines that are no rows
}

export async function countRows(duck: DuckSession): Promise<RowCounts> {
  const broken = (await rejectedLines(duck)).length
  const n = await figures<'rows' | 'bad'>(
    duck,
    'SELECT count(*) AS rows, count(problem) AS bad FROM staged',
  )
  return { rows: n.rows + broken, bad: n.bad + broken, broken }
}

/** The rows that are left out, broken lines first, then by row. */
export async function* badRows(
  duck: DuckSession,
  columns: readonly StagedColumn[],
): AsyncGenerator<BadRow> {
  for (const { line, reason, text } of await rejectedLines(duck)) {
    yield { at: { line }, column: '', value: text, fix: reason, original: [text] }
  }
  const own =
    columns.length > 0 ? `[${columns.map(({ sql }) => `${sql}::VARCHAR`).join(', ')}]` : `[]`
  const names = new Map(columns.map(({ field, name }, i) => [field, { name, i }]))
  const select = `SELECT rowid::BIGINT AS row, problem, coalesce(original, ${own}) AS original
    FROM staged WHERE problem IS NOT NULL ORDER BY rowid`
  for await (const chunk of duck.chunks(select)) {
    for (const [row, problem, original] of chunk.getRows()) {
      const [field = '', code = ''] = String(problem).split(':')
      const values = (original as { readonly items: readonly unknown[] }).items.map((value) =>
        typeof value === 'string' ? value : '',
      )
      const column = names.get(field)
      yield {
        at: { row: Number(row) },
        column: column?.name ?? field,
        value: column ? (values[column.i] ?? '') : (values[0] ?? ''),
        fix: fixes[code] ?? 'this can not be read',
        original: values,
      }
    }
  }
}

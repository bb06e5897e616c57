import type { Sniffed } from '#core/dataset/sniffed'
import { maxColumns, SniffError } from '#core/dataset/sniffText'
import { quoted, type DuckSession } from './session.ts'

/** @throws SniffError for a Parquet file that can not be read */
export async function sniffParquet(duck: DuckSession, file: string): Promise<Sniffed> {
  try {
    const columns = await duck.rows<{ column_name: string }>(
      'DESCRIBE SELECT * FROM read_parquet($file)',
      { file },
    )
    if (columns.length > maxColumns) {
      throw new SniffError(
        `the file has ${columns.length} columns; at most ${maxColumns} can be read`,
      )
    }
    const names = columns.map(({ column_name }) => column_name)
    const shown = names.map((name, i) => `left(${quoted(name)}::VARCHAR, 200) AS c${i}`)
    const rows = await duck.rows<Record<string, string | null>>(
      `SELECT ${shown.join(', ')} FROM read_parquet($file) LIMIT 50`,
      { file },
    )
    return {
      format: { id: 'parquet' },
      columns: names,
      rows: rows.map((row) => names.map((_, i) => row[`c${i}`] ?? '')),
    }
  } catch (error) {
    if (error instanceof SniffError) throw error
    throw new SniffError('the file says it is Parquet, but is damaged or cut off: write it again')
  }
}

import { createHash, type Hash } from 'node:crypto'
import type { DuckDBValue } from '@duckdb/node-api'
import type { DuckSession } from './session.ts'

/**
 * Hexadecimal SHA-256 of the content of Parquet files, whatever their packing: of every column by
 * itself, then of the columns' names and hashes.
 * @param tables name and path, in the order of the kind
 */
export async function contentHash(
  duck: DuckSession,
  tables: readonly { readonly name: string; readonly file: string }[],
): Promise<string> {
  const whole = createHash('sha256')
  for (const { name, file } of tables) {
    const described = await duck.rows<{ column_name: string; column_type: string }>(
      'DESCRIBE SELECT * FROM read_parquet($file)',
      { file },
    )
    const hashes = described.map(() => createHash('sha256'))
    for await (const chunk of duck.chunks('SELECT * FROM read_parquet($file)', { file })) {
      hashes.forEach((hash, c) => {
        const vector = chunk.getColumnVector(c)
        const feed = numeric.has(described[c]!.column_type) ? feedNumbers : feedText
        feed(hash, chunk.rowCount, (row) => vector.getItem(row))
      })
    }
    described.forEach(({ column_name, column_type }, c) => {
      whole.update(`${name}.${column_name} ${column_type} ${hashes[c]!.digest('hex')}\n`)
    })
  }
  return whole.digest('hex')
}

const numeric = new Set(['TINYINT', 'UTINYINT', 'SMALLINT', 'INTEGER', 'FLOAT', 'DOUBLE'])

/** Numbers as float64 (null is NaN). */
function feedNumbers(hash: Hash, rows: number, item: (row: number) => DuckDBValue): void {
  const numbers = new Float64Array(rows)
  for (let row = 0; row < rows; row++) {
    const value = item(row)
    numbers[row] = typeof value === 'number' ? value : NaN
  }
  hash.update(new Uint8Array(numbers.buffer))
}

/** Everything else as text behind its length. */
function feedText(hash: Hash, rows: number, item: (row: number) => DuckDBValue): void {
  const texts: string[] = []
  for (let row = 0; row < rows; row++) {
    const value = item(row)
    const text = value === null ? null : String(value)
    texts.push(text === null ? '-' : `${text.length}:${text}`)
  }
  hash.update(texts.join(''))
}

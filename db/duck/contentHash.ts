import { createHash, type Hash } from 'node:crypto'
import type { DuckDBDataChunk } from '@duckdb/node-api'
import { quoted, type DuckSession } from './session.ts'
import { typedArrays, typedColumn } from './typedColumn.ts'

/**
 * Hexadecimal SHA-256 of the content of Parquet files, whatever their packing: of every column by
 * itself, then of the columns' names and hashes. Numbers count as their bytes (little-endian),
 * a missing one as the least of its type or NaN; text stands behind its length.
 * @param tables name and path, in the order of the kind
 */
export async function contentHash(
  duck: DuckSession,
  tables: readonly { readonly name: string; readonly file: string }[],
): Promise<string> {
  const whole = createHash('sha256')
  for (const { name, file } of tables) {
    const columns = await duck.rows<{ column_name: string; column_type: string }>(
      'DESCRIBE SELECT * FROM read_parquet($file)',
      { file },
    )
    const hashes = columns.map(() => createHash('sha256'))
    const picked = columns.map(({ column_name, column_type }) => {
      const missing = missingAs[column_type]
      const column = quoted(column_name)
      return missing === undefined ? column : `coalesce(${column}, ${missing})`
    })
    const select = `SELECT ${picked.join(', ')} FROM read_parquet($file)`
    for await (const chunk of duck.chunks(select, { file })) {
      columns.forEach(({ column_type: type }, c) => {
        if (type in typedArrays) {
          const { buffer, byteOffset, byteLength } = typedColumn(chunk, c, type)
          hashes[c]!.update(new Uint8Array(buffer, byteOffset, byteLength))
        } else feedText(hashes[c]!, chunk, c)
      })
    }
    columns.forEach(({ column_name, column_type }, c) => {
      whole.update(`${name}.${column_name} ${column_type} ${hashes[c]!.digest('hex')}\n`)
    })
  }
  return whole.digest('hex')
}

const missingAs: Readonly<Record<string, string>> = {
  TINYINT: `'-128'::TINYINT`,
  UTINYINT: `'255'::UTINYINT`,
  SMALLINT: `'-32768'::SMALLINT`,
  INTEGER: `'-2147483648'::INTEGER`,
  FLOAT: `'NaN'::FLOAT`,
  DOUBLE: `'NaN'::DOUBLE`,
}

function feedText(hash: Hash, chunk: DuckDBDataChunk, column: number): void {
  const vector = chunk.getColumnVector(column)
  const texts: string[] = []
  for (let row = 0; row < chunk.rowCount; row++) {
    const value = vector.getItem(row)
    const text = value === null ? null : String(value)
    texts.push(text === null ? '-' : `${text.length}:${text}`)
  }
  hash.update(texts.join(''))
}

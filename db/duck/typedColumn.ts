import type { DuckDBDataChunk } from '@duckdb/node-api'

export type Typed = Int8Array | Uint8Array | Int16Array | Int32Array | Float32Array | Float64Array

type Maker = new (length: number) => Typed

/** DuckDB's numeric types as typed arrays; the tables of a log have no other. */
export const typedArrays: Readonly<Record<string, Maker>> = {
  TINYINT: Int8Array,
  UTINYINT: Uint8Array,
  SMALLINT: Int16Array,
  INTEGER: Int32Array,
  FLOAT: Float32Array,
  DOUBLE: Float64Array,
}

/**
 * A column of a chunk without missing values, valid until the next chunk is fetched. The binding
 * holds it as a typed array but gives out one value at a time, which takes ten times as long; where
 * it should come to hold something else, the values are asked for one by one.
 *
 * @param type of DuckDB, a key of `typedArrays`
 */
export function typedColumn(chunk: DuckDBDataChunk, column: number, type: string): Typed {
  const vector = chunk.getColumnVector(column)
  const make = typedArrays[type] ?? Float64Array
  const held: unknown = 'items' in vector ? vector.items : null
  if (held instanceof make) return held.subarray(0, chunk.rowCount)
  const values = new make(chunk.rowCount)
  for (let row = 0; row < values.length; row++) values[row] = Number(vector.getItem(row))
  return values
}

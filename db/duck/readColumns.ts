import { GrowingColumn } from '#core/dataset/growingColumn'
import type { Feature } from '#core/dataset/kinds/feature'
import { figures } from './logBuilder.ts'
import { presentColumns } from './presentColumns.ts'
import { quoted, type DuckSession } from './session.ts'
import { typedArrays, typedColumn, type Typed } from './typedColumn.ts'

type Make<T> = new (length: number) => T

/** A table in memory: numbers as float64 until their type is asked for, text as it is. */
export interface Columns {
  readonly rows: number
  /** Null where every value is missing; else a missing one is NaN, or −1 among integers. */
  number<T extends Typed>(name: string, make: Make<T>): T | null
  texts(name: string): readonly string[]
  lists(name: string): { readonly first: Int32Array; readonly values: Float64Array }
  feature(column: string, name: string): Feature | null
  features(prefix: string): readonly Feature[]
}

/** A whole Parquet file. */
export async function readColumns(duck: DuckSession, file: string): Promise<Columns> {
  const described = await duck.rows<{ column_name: string; column_type: string }>(
    'DESCRIBE SELECT * FROM read_parquet($file)',
    { file },
  )
  const { n: rows } = await figures<'n'>(duck, 'SELECT count(*) AS n FROM read_parquet($file)', {
    file,
  })
  const present = await presentColumns(duck, file)
  const numbers = new Map<string, Typed>()
  const texts = new Map<string, string[]>()
  const lists = new Map<string, { first: Int32Array; values: GrowingColumn<Float64Array> }>()
  for (const { column_name: name, column_type: type } of described) {
    if (type.endsWith('[]')) {
      lists.set(name, { first: new Int32Array(rows + 1), values: new GrowingColumn(Float64Array) })
    } else if (type === 'VARCHAR') texts.set(name, [])
    else numbers.set(name, new (typedArrays[type] ?? Float64Array)(rows))
  }
  const picked = described.map(({ column_name: name, column_type: type }) => {
    const column = numbers.get(name)
    return column ? `coalesce(${quoted(name)}, ${missingIn(column)}::${type})` : quoted(name)
  })
  let at = 0
  const select = `SELECT ${picked.join(', ')} FROM read_parquet($file)`
  for await (const chunk of duck.chunks(select, { file })) {
    described.forEach(({ column_name: name, column_type: type }, c) => {
      const column = numbers.get(name)
      if (column) {
        column.set(typedColumn(chunk, c, type), at)
        return
      }
      const vector = chunk.getColumnVector(c)
      const text = texts.get(name)
      const list = lists.get(name)
      for (let row = 0; row < chunk.rowCount; row++) {
        const value = vector.getItem(row)
        if (text) {
          text.push(value === null ? '' : String(value))
        } else if (list) {
          const items = value === null ? [] : (value as { readonly items: readonly number[] }).items
          for (const item of items) list.values.push(item)
          list.first[at + row + 1] = list.first[at + row]! + items.length
        }
      }
    })
    at += chunk.rowCount
  }
  const feature = (column: string, name: string): Feature | null => {
    const values = numbers.get(column)
    if (values) return { name, type: 'number', values: Float32Array.from(values) }
    const text = texts.get(column)
    if (!text) return null
    const names = [...new Set(text)].filter((value) => value !== '').sort()
    const codes = new Map(names.map((value, code) => [value, code]))
    return {
      name,
      type: 'category',
      names,
      code: Int32Array.from(text, (value) => codes.get(value) ?? -1),
    }
  }
  return {
    rows,
    number<T extends Typed>(name: string, make: Make<T>) {
      const values = numbers.get(name)
      if (!values || (rows > 0 && !present.has(name))) return null
      if (values instanceof make) return values
      const typed = new make(rows)
      typed.set(values)
      return typed
    },
    texts: (name) => texts.get(name) ?? Array.from({ length: rows }, () => ''),
    lists(name) {
      const list = lists.get(name)
      if (!list) return { first: new Int32Array(rows + 1), values: new Float64Array(0) }
      return { first: list.first, values: list.values.take() }
    },
    feature,
    features: (prefix) =>
      described
        .filter(({ column_name }) => column_name.startsWith(prefix))
        .flatMap(({ column_name: column }) => feature(column, column.slice(prefix.length)) ?? []),
  }
}

/** As SQL writes what stands for a missing number. */
const missingIn = (column: Typed): string =>
  column instanceof Float32Array || column instanceof Float64Array ? `'NaN'` : `'-1'`

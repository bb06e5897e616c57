import { GrowingColumn } from '#core/dataset/growingColumn'
import type { Feature } from '#core/dataset/kinds/feature'
import { quoted, type DuckSession } from './session.ts'

type Typed = Int8Array | Uint8Array | Int16Array | Int32Array | Float32Array | Float64Array
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
  const [count] = await duck.rows<{ n: bigint }>('SELECT count(*) AS n FROM read_parquet($file)', {
    file,
  })
  const rows = Number(count?.n ?? 0)
  const numbers = new Map<string, Typed>()
  const texts = new Map<string, string[]>()
  const lists = new Map<string, { first: Int32Array; values: GrowingColumn<Float64Array> }>()
  for (const { column_name: name, column_type: type } of described) {
    if (type.endsWith('[]')) {
      lists.set(name, { first: new Int32Array(rows + 1), values: new GrowingColumn(Float64Array) })
    } else if (type === 'VARCHAR') texts.set(name, [])
    else numbers.set(name, new (makers[type] ?? Float64Array)(rows))
  }
  const absent = new Map([...numbers.keys()].map((name) => [name, rows]))
  const picked = described.map(({ column_name }) => quoted(column_name)).join(', ')
  let at = 0
  for await (const chunk of duck.chunks(`SELECT ${picked} FROM read_parquet($file)`, { file })) {
    described.forEach(({ column_name: name }, c) => {
      const vector = chunk.getColumnVector(c)
      const column = numbers.get(name)
      const text = texts.get(name)
      const list = lists.get(name)
      for (let row = 0; row < chunk.rowCount; row++) {
        const value = vector.getItem(row)
        if (column) {
          const isMissing = value === null
          if (!isMissing) absent.set(name, absent.get(name)! - 1)
          column[at + row] = isMissing ? missingIn(column) : Number(value)
        } else if (text) {
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
      if (!values || (rows > 0 && absent.get(name) === rows)) return null
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

const makers: Readonly<Record<string, Make<Typed>>> = {
  TINYINT: Int8Array,
  UTINYINT: Uint8Array,
  SMALLINT: Int16Array,
  INTEGER: Int32Array,
  FLOAT: Float32Array,
}

const missingIn = (column: Typed): number =>
  column instanceof Float32Array || column instanceof Float64Array ? NaN : -1

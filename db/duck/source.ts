import type { Sniffed } from '#core/dataset/sniffed'
import { literal, quoted, type DuckSession } from './session.ts'

/** Longest line, in bytes. */
export const maxLineBytes = 1 << 20

/** A table in SQL with the wanted columns as c0, c1, …; `$file` is its one parameter. */
export interface Source {
  readonly sql: string
  /** Whether values are text as written, else of the file's own types. */
  readonly isText: boolean
}

/**
 * The columns of a file, by name, as a relation that leaves broken lines to `rejectedLines`.
 * @param lists columns whose JSON arrays become ids apart by blanks
 */
export function sourceOf(
  { format, columns }: Sniffed,
  wanted: readonly string[],
  lists: ReadonlySet<string>,
): Source {
  switch (format.id) {
    case 'delimited': {
      const names = columns.map((_, i) => `'r${i}': 'VARCHAR'`).join(', ')
      const picked = wanted.map((name, i) => `r${columns.indexOf(name)} AS c${i}`)
      const quote = format.quoted ? `'"'` : `''`
      return {
        isText: true,
        sql: `SELECT ${picked.join(', ')} FROM read_csv($file, auto_detect = false,
          columns = {${names}}, delim = ${literal(format.separator)}, quote = ${quote},
          escape = ${quote}, header = ${String(format.header)}, ${lineOptions})`,
      }
    }
    case 'json': {
      const picked = wanted.map((name, i) => {
        const at = literal(`/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`)
        const text = `json_extract_string(line, ${at})`
        const list = `array_to_string(from_json(json_extract(line, ${at}), '["VARCHAR"]'), ' ')`
        return lists.has(name)
          ? `CASE json_type(line, ${at}) WHEN 'ARRAY' THEN ${list} ELSE ${text} END AS c${i}`
          : `${text} AS c${i}`
      })
      return {
        isText: true,
        sql: `SELECT ${picked.join(', ')} FROM
          (SELECT CASE WHEN json_valid(line) THEN line END AS line FROM (${lineSource}))`,
      }
    }
    case 'libsvm':
      return { isText: true, sql: `SELECT line AS c0 FROM (${lineSource})` }
    case 'parquet': {
      const picked = wanted.map((name, i) => `${quoted(name)} AS c${i}`)
      return { isText: false, sql: `SELECT ${picked.join(', ')} FROM read_parquet($file)` }
    }
  }
}

const lineOptions = `store_rejects = true, rejects_limit = 0, null_padding = false,
  strict_mode = true, max_line_size = ${maxLineBytes}, compression = 'none'`

/** Whole lines, as no text has a byte 1. */
const lineSource = `SELECT line FROM read_csv($file, auto_detect = false,
  columns = {'line': 'VARCHAR'}, delim = '\u0001', quote = '', escape = '', header = false,
  ${lineOptions})`

/** A line that is no row at all. */
export interface RejectedLine {
  readonly line: number // 1-based
  readonly reason: string
  readonly text: string
}

const reasons: Readonly<Record<string, string>> = {
  'MISSING COLUMNS': 'it has too few columns: complete or remove it',
  'TOO MANY COLUMNS': 'it has too many columns: quote a value that holds the separator',
  'UNQUOTED VALUE': 'a quote is not closed or not doubled: close it, or double it inside a value',
  'LINE SIZE OVER MAXIMUM': `it is longer than ${maxLineBytes} bytes`,
  'INVALID ENCODING': 'it is not UTF-8: save the file as UTF-8',
  'INVALID STATE': 'a quote stands in the middle of a value: double it',
}

/** The lines that the last read left out, as `read_csv` tells. */
export async function rejectedLines(duck: DuckSession): Promise<readonly RejectedLine[]> {
  const tables = await duck.rows<{ readonly n: bigint }>(
    "SELECT count(*) AS n FROM duckdb_tables() WHERE table_name = 'reject_errors'",
  )
  if (tables[0]?.n === 0n) return []
  const rows = await duck.rows<{ line: bigint; kind: string; text: string | null }>(
    `SELECT line, first(error_type::VARCHAR) AS kind, first(csv_line) AS text
     FROM reject_errors GROUP BY line ORDER BY line`,
  )
  return rows.map(({ line, kind, text }) => ({
    line: Number(line),
    reason: reasons[kind] ?? `it can not be read (${kind.toLowerCase()})`,
    text: text ?? '',
  }))
}

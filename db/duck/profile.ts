import type { ColumnProfile, DatasetProfile } from '#core/dataset/datasetProfile'
import { figures, good } from './logBuilder.ts'
import type { DuckSession } from './session.ts'
import type { StagedColumn } from './stage.ts'

const blocks = 24
const bins = 20
const shownRows = 12
const profiledColumns = 60

/** What the good rows hold, column by column, with the first of them. */
export async function profile(
  duck: DuckSession,
  columns: readonly StagedColumn[],
): Promise<Omit<DatasetProfile, 'checks'>> {
  const shown = columns.slice(0, profiledColumns)
  const seen = await glance(duck, shown)
  const size = Math.max(1, Math.ceil(seen.lines / blocks))
  const gaps = shown.filter((_, i) => seen.columns[i]!.present < seen.rows)
  const absent =
    gaps.length === 0
      ? []
      : await duck.rows<Record<string, bigint>>(
          `SELECT ${gaps.map(({ sql }, i) => `count(*) FILTER (WHERE ${sql} IS NULL) AS a${i}`).join(', ')}, count(*) AS n
           FROM ${good} GROUP BY line // ${size} ORDER BY line // ${size}`,
        )
  const profiled: ColumnProfile[] = []
  for (const [i, { sql, field, name }] of shown.entries()) {
    const gap = gaps.findIndex((column) => column.sql === sql)
    const missing =
      gap < 0
        ? new Array<number>(Math.ceil(seen.lines / size)).fill(0)
        : absent.map((row) => Number(row[`a${gap}`]) / Math.max(1, Number(row['n'])))
    profiled.push({ name, field, missing, ...(await spreadOf(duck, sql, seen.columns[i]!)) })
  }
  const rows = await duck.rows<Record<string, string | null>>(
    `SELECT ${shown.map(({ sql }, i) => `left(${sql}::VARCHAR, 80) AS v${i}`).join(', ')} FROM ${good} LIMIT ${shownRows}`,
  )
  return {
    columns: profiled,
    hidden: columns.length - shown.length,
    sample: rows.map((row) => shown.map((_, i) => row[`v${i}`] ?? '')),
  }
}

interface Glance {
  readonly type: string
  readonly present: number
  readonly distinct: number
  readonly low: number
  readonly high: number
}

/** What one pass over the rows tells of every column; `lines` with those that are left out. */
async function glance(
  duck: DuckSession,
  columns: readonly StagedColumn[],
): Promise<{
  readonly rows: number
  readonly lines: number
  readonly columns: readonly Glance[]
}> {
  const types = await duck.rows<{ column_name: string; column_type: string }>('DESCRIBE staged')
  const typeOf = (sql: string) =>
    types.find(({ column_name }) => column_name === sql)?.column_type ?? 'VARCHAR'
  const figuresOf = columns.map(({ sql }, i) => {
    const ends = isNumber(typeOf(sql)) ? `, min(${sql}) AS l${i}, max(${sql}) AS h${i}` : ''
    return `, count(${sql}) AS c${i}, approx_count_distinct(${sql}) AS d${i}${ends}`
  })
  const n = await figures(
    duck,
    `SELECT count(*) AS rows, max(line) + 1 AS lines ${figuresOf.join('')} FROM ${good}`,
  )
  return {
    rows: n['rows'] ?? 0,
    lines: n['lines'] ?? 0,
    columns: columns.map(({ sql }, i) => ({
      type: typeOf(sql),
      present: n[`c${i}`]!,
      distinct: n[`d${i}`]!,
      low: n[`l${i}`] ?? 0,
      high: n[`h${i}`] ?? 0,
    })),
  }
}

const isNumber = (type: string): boolean =>
  ['DOUBLE', 'FLOAT', 'INTEGER', 'UTINYINT'].includes(type)

async function spreadOf(
  duck: DuckSession,
  sql: string,
  { type, distinct, low, high }: Glance,
): Promise<Pick<ColumnProfile, 'distinct' | 'low' | 'high' | 'histogram'>> {
  if (isNumber(type) && distinct > bins) {
    const width = (high - low) / bins || 1
    const rows = await duck.rows<{ bin: number; n: bigint }>(
      `SELECT least(${bins - 1}, floor((${sql} - ${low}) / ${width}))::INTEGER AS bin, count(*) AS n
       FROM ${good} WHERE ${sql} IS NOT NULL GROUP BY 1 ORDER BY 1`,
    )
    const counts = new Map(rows.map(({ bin, n }) => [bin, Number(n)]))
    const used = high > low ? bins : 1
    const histogram = Array.from({ length: used }, (_, i) => ({
      label: (low + i * width).toPrecision(10),
      count: counts.get(i) ?? 0,
    })).map(({ label, count }) => ({ label: String(Number(label)), count }))
    return { distinct, low, high, histogram }
  }
  if (distinct > 200) return { distinct, low: null, high: null, histogram: [] }
  const rows = await duck.rows<{ value: string; n: bigint }>(
    `SELECT left(v::VARCHAR, 40) AS value, n FROM
       (SELECT ${sql} AS v, count(*) AS n FROM ${good} WHERE ${sql} IS NOT NULL GROUP BY 1)
     ORDER BY ${isNumber(type) ? 'v' : 'n DESC, 1'} LIMIT ${2 * bins}`,
  )
  const histogram = rows.map(({ value, n }) => ({
    label: isNumber(type) ? String(Number(value)) : value,
    count: Number(n),
  }))
  const numbers = isNumber(type) ? histogram.map(({ label }) => Number(label)) : []
  return { distinct, low: numbers[0] ?? null, high: numbers.at(-1) ?? null, histogram }
}

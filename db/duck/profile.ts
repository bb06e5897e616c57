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
  const { n } = await figures<'n'>(duck, `SELECT count(*) AS n FROM ${good}`)
  const size = Math.max(1, Math.ceil(n / blocks))
  const absent = await duck.rows<Record<string, bigint>>(
    `SELECT ${shown.map(({ sql }, i) => `count(*) FILTER (WHERE ${sql} IS NULL) AS a${i}`).join(', ')}, count(*) AS n
     FROM (SELECT *, row_number() OVER () - 1 AS place FROM ${good}) GROUP BY place // ${size} ORDER BY place // ${size}`,
  )
  const profiled: ColumnProfile[] = []
  for (const [i, { sql, field, name }] of shown.entries()) {
    const spread = await spreadOf(duck, sql)
    profiled.push({
      name,
      field,
      missing: absent.map((row) => Number(row[`a${i}`]) / Math.max(1, Number(row['n']))),
      ...spread,
    })
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

async function spreadOf(
  duck: DuckSession,
  sql: string,
): Promise<Pick<ColumnProfile, 'distinct' | 'low' | 'high' | 'histogram'>> {
  const [type] = await duck.rows<{ t: string; d: bigint }>(
    `SELECT any_value(typeof(${sql})) AS t, approx_count_distinct(${sql}) AS d FROM ${good}`,
  )
  const distinct = Number(type?.d ?? 0)
  const isNumber = ['DOUBLE', 'FLOAT', 'INTEGER', 'UTINYINT'].includes(type?.t ?? '')
  if (isNumber && distinct > bins) {
    const { low, high } = await figures<'low' | 'high'>(
      duck,
      `SELECT min(${sql}) AS low, max(${sql}) AS high FROM ${good}`,
    )
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
    `SELECT left(${sql}::VARCHAR, 40) AS value, count(*) AS n FROM ${good}
     WHERE ${sql} IS NOT NULL GROUP BY 1 ORDER BY ${isNumber ? `min(${sql})` : '2 DESC, 1'} LIMIT ${2 * bins}`,
  )
  const histogram = rows.map(({ value, n }) => ({
    label: isNumber ? String(Number(value)) : value,
    count: Number(n),
  }))
  const numbers = isNumber ? histogram.map(({ label }) => Number(label)) : []
  return { distinct, low: numbers[0] ?? null, high: numbers.at(-1) ?? null, histogram }
}

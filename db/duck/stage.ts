import { fieldOf, type ImportPlan } from '#core/dataset/importPlan'
import type { Sniffed } from '#core/dataset/sniffed'
import { fieldSql } from './fieldSql.ts'
import type { DuckSession } from './session.ts'
import { sourceOf } from './source.ts'

/** A column of the plan in the staged table: `f_user`, or `m3` for one of many. */
export interface StagedColumn {
  readonly sql: string
  readonly field: string
  readonly name: string // as the file calls it
}

export function stagedColumns({ kind, columns }: ImportPlan): readonly StagedColumn[] {
  return columns.map(({ column, field }, i) => ({
    sql: fieldOf(kind, field)?.many ? `m${i}` : `f_${field}`,
    field,
    name: column,
  }))
}

/**
 * Reads the file once into the table `staged`: a value per field, `problem` ('time:future', NULL for
 * a good row) and, of a bad row, its values as written. `rowid` numbers the rows from 0.
 */
export async function stage(
  duck: DuckSession,
  file: string,
  sniffed: Sniffed,
  plan: ImportPlan,
  now: number,
): Promise<void> {
  const columns = stagedColumns(plan)
  const typeOf = (field: string) => fieldOf(plan.kind, field)!
  const lists = columns.filter(({ field }) => ['items', 'labelled'].includes(typeOf(field).type))
  const source = sourceOf(
    sniffed,
    columns.map(({ name }) => name),
    new Set(lists.map(({ name }) => name)),
  )
  const types = source.isText ? [] : await nativeTypes(duck, source.sql, file)
  const c = columns.map((_, i) => `c${i}`)
  const raw = c.map((name, i) => `${native(name, types[i] ?? 'VARCHAR')} AS ${name}`)
  const fields = columns.map(({ field }, i) => fieldSql(typeOf(field), c[i]!, String(i), now))
  const read = fields.flatMap((field, i) =>
    field.read.map(([name, sql]) => `${sql} AS ${name}${i}`),
  )
  const values = fields.map(({ value }, i) => `${value} AS v${i}`)
  const problems = columns.flatMap(({ field }, i) => {
    const { problem } = fields[i]!
    return problem === 'NULL' ? [] : [`'${field}:' || (${problem})`]
  })
  const problem = problems.length > 0 ? `coalesce(${problems.join(', ')})` : 'NULL'
  const original = c.map((name) => `${name}::VARCHAR`).join(', ')
  // each step a projection of its own, so that nothing is computed twice
  await duck.run(
    `CREATE TABLE staged AS
     SELECT ${columns.map(({ sql }, i) => `v${i} AS ${sql}`).join(', ')}, problem,
       CASE WHEN problem IS NOT NULL THEN [${original}] END AS original
     FROM (SELECT *, (${problem})::VARCHAR AS problem
     FROM (SELECT *, ${values.join(', ')}
     FROM (SELECT *, ${read.join(', ')}
     FROM (SELECT ${raw.join(', ')} FROM (${source.sql})))))`,
    { file },
  )
}

export async function nativeTypes(
  duck: DuckSession,
  sql: string,
  file: string,
): Promise<readonly string[]> {
  const rows = await duck.rows<{ column_type: string }>(`DESCRIBE ${sql}`, { file })
  return rows.map((row) => row.column_type)
}

/** A typed column as text or a number, so that the fields are read as those of a text file. */
export function native(c: string, type: string): string {
  if (type.endsWith('[]')) return `array_to_string(${c}::VARCHAR[], ' ')`
  if (/^(TIMESTAMP|DATE)/.test(type)) return `epoch(${c}::TIMESTAMP)`
  if (type === 'BOOLEAN') return `${c}::INTEGER`
  return c
}

/** Marks rows as bad that are good so far. @param rows a SELECT of their rowids */
export async function mark(duck: DuckSession, problem: string, rows: string): Promise<void> {
  await duck.run(
    `UPDATE staged SET problem = '${problem}' WHERE problem IS NULL AND rowid IN (${rows})`,
  )
}

/** Ids of a column of good rows, numbered in an order that the content gives: numbers before words. */
export async function numberIds(duck: DuckSession, table: string, ids: string): Promise<void> {
  await duck.run(
    `CREATE TABLE ${table} AS
     SELECT (row_number() OVER (ORDER BY TRY_CAST(id AS BIGINT) NULLS LAST, id) - 1)::INTEGER AS num, id
     FROM (SELECT DISTINCT id FROM (${ids}) WHERE id IS NOT NULL)`,
  )
}

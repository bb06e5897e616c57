import { baseOf } from '../lists.ts'
import { figures, good, type LogBuilder } from '../logBuilder.ts'
import { quoted, type DuckSession } from '../session.ts'
import { numberIds, stagedColumns } from '../stage.ts'

/** Tables `rounds`, `actions`, `users`; a companion gives the actions features. */
export const bandit: LogBuilder = {
  check: () => Promise.resolve(),

  async build(duck, plan, { companion }) {
    const columns = stagedColumns(plan)
    const has = (field: string) => columns.some((column) => column.field === field)
    const optional = (field: string, sql: string) => (has(field) ? sql : 'NULL')
    const contexts = columns.filter(({ field }) => field === 'context')
    await numberIds(
      duck,
      'users',
      `SELECT ${optional('user', 'f_user')}::VARCHAR AS id FROM ${good}`,
    )
    await numberIds(duck, 'actions', `SELECT f_action AS id FROM ${good}`)
    const context = await featureColumns(
      duck,
      good,
      contexts.map(({ sql, name }) => ({ sql, as: `context ${name}` })),
    )
    const known = companion ? await actionTable(duck, companion) : null
    const n = await figures<'rows' | 'reward' | 'start' | 'stop' | 'users' | 'items' | 'positions'>(
      duck,
      `SELECT count(*) AS rows, avg(f_reward) AS reward,
         min(${optional('time', 'f_time')}) AS start, max(${optional('time', 'f_time')}) AS stop,
         count(DISTINCT ${optional('position', 'f_position')}) AS positions,
         (SELECT count(*) FROM users) AS users, (SELECT count(*) FROM actions) AS items
       FROM ${good}`,
    )
    const position = optional('position', `s.f_position - ${baseOf('f_position')}`)
    return {
      tables: [
        {
          name: 'rounds',
          select: `SELECT ${optional('time', 's.f_time')}::DOUBLE AS time, u.num AS "user",
              a.num AS action, (${position})::SMALLINT AS position, s.f_propensity AS propensity,
              s.f_reward AS reward${context.map((sql) => `, ${sql}`).join('')}
            FROM ${good} s JOIN actions a ON a.id = s.f_action
            LEFT JOIN users u ON u.id = ${optional('user', 's.f_user')}
            ORDER BY 1, s.line`,
        },
        {
          name: 'actions',
          select: known
            ? `SELECT a.num, a.id${known.sql.map((sql) => `, ${sql}`).join('')} FROM actions a
               LEFT JOIN (SELECT DISTINCT ON (${known.id}) * FROM ${companion!}) f
               ON trim(f.${known.id}) = a.id ORDER BY a.num`
            : 'SELECT * FROM actions ORDER BY num',
        },
        { name: 'users', select: 'SELECT * FROM users ORDER BY num' },
      ],
      facts: {
        kind: 'bandit',
        rows: n.rows,
        users: n.users,
        items: n.items,
        positions: Math.max(1, n.positions),
        meanReward: n.reward,
        span: has('time') ? { from: n.start, to: n.stop } : null,
        contexts: contexts.map(({ name }) => name),
        actionFeatures: known?.names ?? [],
      },
    }
  },
}

/** Columns as numbers where every value is one, else as the text that names a category. */
async function featureColumns(
  duck: DuckSession,
  table: string,
  columns: readonly { readonly sql: string; readonly as: string }[],
): Promise<readonly string[]> {
  if (columns.length === 0) return []
  const counts = await figures(
    duck,
    `SELECT ${columns.map(({ sql }, i) => `count(${sql}) - count(TRY_CAST(${sql} AS DOUBLE)) AS w${i}`).join(', ')} FROM ${table}`,
  )
  return columns.map(
    ({ sql, as }, i) => `${sql}::${counts[`w${i}`] === 0 ? 'FLOAT' : 'VARCHAR'} AS ${quoted(as)}`,
  )
}

/** The column that holds the ids of the actions, by its name, and every other as a feature. */
async function actionTable(
  duck: DuckSession,
  table: string,
): Promise<{
  readonly id: string
  readonly sql: readonly string[]
  readonly names: readonly string[]
}> {
  const columns = await duck.rows<{ c: string; name: string }>(
    `SELECT column_name AS c, coalesce(comment, column_name) AS name FROM duckdb_columns()
     WHERE table_name = '${table}' ORDER BY column_index`,
  )
  const id = columns.find(({ name }) => /^(item|action)[\s_]?(id)?$/i.test(name)) ?? columns[0]!
  const features = columns.filter((column) => column !== id && !/^column \d+$/.test(column.name))
  const sql = await featureColumns(
    duck,
    table,
    features.map(({ c, name }) => ({ sql: c, as: `feature ${name}` })),
  )
  return { id: id.c, sql: sql.map((text) => `f.${text}`), names: features.map(({ name }) => name) }
}

import { baseOf, checkLists } from '../lists.ts'
import { figures, good, type LogBuilder } from '../logBuilder.ts'
import { mark, numberIds, stagedColumns } from '../stage.ts'

/** Tables `impressions`, `rows`, `users`, `items`; a companion names the items' categories. */
export const impressions: LogBuilder = {
  async check(duck, plan) {
    const fields = plan.columns.map(({ field }) => field)
    if (!fields.includes('candidates')) return checkLists(duck, fields.includes('position'))
    await mark(
      duck,
      'impression:twice',
      `SELECT line FROM ${good} QUALIFY row_number() OVER (PARTITION BY f_impression ORDER BY line) > 1`,
    )
  },

  async build(duck, plan, { companion }) {
    const has = (field: string) => stagedColumns(plan).some((column) => column.field === field)
    const isPacked = has('candidates')
    const hasPosition = has('position') && !isPacked
    const history = has('history') ? 'min(f_history)' : 'NULL'
    await numberIds(duck, 'users', `SELECT f_user AS id FROM ${good}`)
    await duck.run(
      `CREATE TABLE lists AS
       SELECT (row_number() OVER (ORDER BY time, TRY_CAST(id AS BIGINT) NULLS LAST, id) - 1)::INTEGER AS num, * FROM
         (SELECT f_impression AS id, min(f_time) AS time, min(f_user) AS "user",
            list_filter(string_split_regex(trim(${history}::VARCHAR), '\\s+'), lambda h: h <> '') AS history
          FROM ${good} GROUP BY f_impression)`,
    )
    await duck.run(
      isPacked
        ? `CREATE TABLE candidates AS
           SELECT num AS impression, unnest(c) AS c, generate_subscripts(c, 1) AS place FROM
             (SELECT p.num, string_split_regex(s.f_candidates, '\\s+') AS c
              FROM ${good} s JOIN lists p ON p.id = s.f_impression)`
        : `CREATE TABLE candidates AS
           SELECT p.num AS impression, s.f_item || '-' || s.f_label AS c,
             ${hasPosition ? 's.f_position' : 's.line'} AS place
           FROM ${good} s JOIN lists p ON p.id = s.f_impression`,
    )
    // left(c, -2) leaves out the last two characters, '-0' or '-1'
    await numberIds(
      duck,
      'items',
      `SELECT left(c, -2) AS id FROM candidates UNION ALL SELECT unnest(history) FROM lists`,
    )
    const base = hasPosition ? baseOf('f_position') : '0'
    const n = await figures<
      'rows' | 'clicks' | 'impressions' | 'start' | 'stop' | 'users' | 'items'
    >(
      duck,
      `SELECT (SELECT count(*) FROM candidates) AS rows,
         (SELECT count(*) FROM candidates WHERE ends_with(c, '-1')) AS clicks,
         count(*) AS impressions, min(time) AS start, max(time) AS stop,
         (SELECT count(*) FROM users) AS users, (SELECT count(*) FROM items) AS items FROM lists`,
    )
    const facts = companion
      ? `SELECT i.num, i.id, n.c1 AS category, n.c2 AS subcategory, n.c3 AS title FROM items i
         LEFT JOIN (SELECT DISTINCT ON (c0) * FROM ${companion}) n ON n.c0 = i.id ORDER BY i.num`
      : 'SELECT * FROM items ORDER BY num'
    return {
      tables: [
        {
          name: 'impressions',
          select: `SELECT p.num, p.id, p.time, u.num AS "user", h.history FROM lists p
            JOIN users u ON u.id = p."user"
            LEFT JOIN (SELECT l.num, list(i.num ORDER BY l.place) AS history FROM
              (SELECT num, unnest(history) AS id, generate_subscripts(history, 1) AS place FROM lists) l
              JOIN items i ON i.id = l.id GROUP BY l.num) h ON h.num = p.num
            ORDER BY p.num`,
        },
        {
          name: 'rows',
          select: `SELECT c.impression, i.num AS item, right(c.c, 1)::UTINYINT AS label,
              ${hasPosition ? `(c.place - ${base})` : 'NULL'}::SMALLINT AS position
            FROM candidates c JOIN items i ON i.id = left(c.c, -2)
            ORDER BY c.impression, c.place`,
        },
        { name: 'users', select: 'SELECT * FROM users ORDER BY num' },
        { name: 'items', select: facts },
      ],
      facts: {
        kind: 'impressions',
        rows: n.rows,
        users: n.users,
        items: n.items,
        impressions: n.impressions,
        clicks: n.clicks,
        span: { from: n.start, to: n.stop },
        hasPositions: hasPosition,
        hasHistory: has('history'),
      },
    }
  },
}

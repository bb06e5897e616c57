import type { EventCounts } from '#core/dataset/kinds/events'
import { creditEvents } from '../events.ts'
import { baseOf, checkLists } from '../lists.ts'
import { figures, good, LogError, type LogBuilder } from '../logBuilder.ts'
import { literal, quoted } from '../session.ts'
import { numberIds, stagedColumns } from '../stage.ts'

const maxTeams = 6

const countsSql = (counts: EventCounts): string =>
  `SELECT ${Object.entries(counts)
    .map(([name, n]) => `${n === null ? 'NULL' : String(n)}::DOUBLE AS ${quoted(name)}`)
    .join(', ')}`

/** Tables `impressions`, `rows`, `users`, `items`. */
export const interleaving: LogBuilder = {
  check: (duck) => checkLists(duck, true),

  async build(duck, plan, { events }) {
    const columns = stagedColumns(plan)
    const has = (field: string) => columns.some((column) => column.field === field)
    const segments = columns.filter(({ field }) => field === 'segment')
    const optional = (field: string, sql: string) => (has(field) ? sql : 'NULL')
    const names = has('team')
      ? await duck.rows<{ t: string }>(
          `SELECT DISTINCT f_team AS t FROM ${good} WHERE f_team IS NOT NULL ORDER BY t LIMIT ${maxTeams + 1}`,
        )
      : [{ t: 'A' }, { t: 'B' }]
    if (names.length > maxTeams) {
      const some = names.map(({ t }) => `"${t}"`).join(', ')
      throw new LogError(`the team column has more than ${maxTeams} values: ${some}, …`)
    }
    if (names.length < 2) {
      throw new LogError('the team column has one value: an interleaving log has two teams')
    }

    await numberIds(duck, 'users', `SELECT f_user AS id FROM ${good}`)
    await numberIds(duck, 'items', `SELECT f_item AS id FROM ${good}`)
    const seg = segments.map(({ sql, name }) => `min(${sql}) AS ${quoted(`segment ${name}`)}`)
    await duck.run(
      `CREATE TABLE impressions AS
       SELECT (row_number() OVER (ORDER BY time, TRY_CAST(id AS BIGINT) NULLS LAST, id) - 1)::INTEGER AS num, * FROM
         (SELECT f_impression AS id, min(f_time) AS time, min(f_user) AS "user"${seg.map((s) => `, ${s}`).join('')}
          FROM ${good} GROUP BY f_impression)`,
    )
    await duck.run(
      `CREATE TABLE teams AS SELECT t, (row_number() OVER (ORDER BY t) - 1)::TINYINT AS num
       FROM (SELECT DISTINCT ${optional('team', 'f_team')}::VARCHAR AS t FROM ${good}) WHERE t IS NOT NULL`,
    )
    await duck.run(
      'CREATE TABLE base AS SELECT ' +
        baseOf('f_position') +
        ' AS position, ' +
        (has('rankA') ? baseOf('f_rankA', 'f_rankB') : '0') +
        ' AS rank',
    )
    const rank = (field: string) =>
      optional(field, `coalesce(s.f_${field} - base.rank, -1)::SMALLINT`)
    const counts = events ? await creditEvents(duck, events.window) : null
    const value = counts
      ? {
          click: 'coalesce(c.click, 0)',
          dwell: 'c.dwell',
          orders: 'coalesce(c.orders, 0)',
          delay: 'c.delay',
        }
      : {
          click: 's.f_click',
          dwell: optional('dwell', 's.f_dwell'),
          orders: optional('orders', 'coalesce(s.f_orders, 0)'),
          delay: optional('clickTime', 'CASE WHEN s.f_click = 1 THEN s.f_clickTime - p.time END'),
        }
    await duck.run(
      `CREATE TABLE rows AS
       SELECT p.num AS impression, (s.f_position - base.position)::SMALLINT AS position,
         i.num AS item, ${optional('team', 'coalesce(t.num, -1)')}::TINYINT AS team,
         ${rank('rankA')} AS "rankA", ${rank('rankB')} AS "rankB", (${value.click})::UTINYINT AS click,
         ${value.dwell}::FLOAT AS dwell, ${value.orders}::FLOAT AS orders, ${value.delay}::FLOAT AS delay
       FROM ${good} s CROSS JOIN base
       JOIN impressions p ON p.id = s.f_impression
       JOIN items i ON i.id = s.f_item
       ${counts ? 'LEFT JOIN credit c ON c.line = s.line' : ''}
       ${has('team') ? 'LEFT JOIN teams t ON t.t = s.f_team' : ''}`,
    )
    const some = async (column: string) =>
      (await figures<'n'>(duck, `SELECT count(${column}) AS n FROM rows`)).n > 0
    const n = await figures<
      'rows' | 'clicks' | 'impressions' | 'start' | 'stop' | 'users' | 'items'
    >(
      duck,
      `SELECT (SELECT count(*) FROM rows) AS rows, (SELECT sum(click) FROM rows) AS clicks,
         count(*) AS impressions, min(time) AS start, max(time) AS stop,
         (SELECT count(*) FROM users) AS users, (SELECT count(*) FROM items) AS items
       FROM impressions`,
    )
    return {
      tables: [
        {
          name: 'impressions',
          select: `SELECT p.* REPLACE (u.num AS "user") FROM impressions p JOIN users u ON u.id = p."user" ORDER BY p.num`,
        },
        { name: 'rows', select: 'SELECT * FROM rows ORDER BY impression, position' },
        { name: 'users', select: 'SELECT * FROM users ORDER BY num' },
        { name: 'items', select: 'SELECT * FROM items ORDER BY num' },
        {
          name: 'teams',
          select: `SELECT unnest([${names.map(({ t }) => literal(t)).join(', ')}]) AS name`,
        },
        ...(counts ? [{ name: 'events', select: countsSql(counts) }] : []),
      ],
      facts: {
        kind: 'interleaving',
        rows: n.rows,
        users: n.users,
        items: n.items,
        impressions: n.impressions,
        clicks: n.clicks,
        span: { from: n.start, to: n.stop },
        teams: names.map(({ t }) => t),
        hasTeams: has('team'),
        hasRanks: has('rankA') && has('rankB'),
        hasDwell: counts ? await some('dwell') : has('dwell'),
        hasOrders: counts ? await some('nullif(orders, 0)') : has('orders'),
        hasClickTime: counts !== null || has('clickTime'),
        events: counts,
        segments: segments.map(({ name }) => name),
      },
    }
  },
}

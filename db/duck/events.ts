import { eventColumns, eventFields, eventWords, type EventCounts } from '#core/dataset/kinds/events'
import type { Sniffed } from '#core/dataset/sniffed'
import { fieldSql } from './fieldSql.ts'
import { figures, good, LogError } from './logBuilder.ts'
import { literal, type DuckSession } from './session.ts'
import { sourceOf } from './source.ts'
import { native, nativeTypes } from './stage.ts'

/** A table of events beside an interleaving log. */
export interface EventFile {
  readonly file: string
  readonly sniffed: Sniffed
  readonly window: number | null // seconds
}

/** Reads the file into the table `event`. @throws LogError for a column that is missing */
export async function stageEvents(
  duck: DuckSession,
  { file, sniffed }: EventFile,
  now: number,
): Promise<void> {
  const columns = eventColumns(sniffed.columns)
  const lacking = eventFields.filter(({ name, required }) => required && !columns.has(name))
  if (lacking.length > 0) {
    const names = lacking.map(({ name }) => name).join(' and the ')
    const there = sniffed.columns.slice(0, 12).map((name) => `"${name}"`)
    throw new LogError(`no column of the events is the ${names}; there are ${there.join(', ')}`)
  }
  const source = sourceOf(sniffed, [...columns.values()], new Set())
  const types = source.isText ? [] : await nativeTypes(duck, source.sql, file)
  const present = eventFields.filter(({ name }) => columns.has(name))
  const raw = present.map((_, i) => `${native(`c${i}`, types[i] ?? 'VARCHAR')} AS c${i}`)
  const fields = present.map((field, i) => fieldSql(field, `c${i}`, String(i), now))
  const read = fields.flatMap((field, i) =>
    field.read.map(([name, sql]) => `${sql} AS ${name}${i}`),
  )
  const values = fields.map(({ value }, i) => `${value} AS v${i}`)
  const isBad = fields.map(({ problem }) => `(${problem}) IS NOT NULL`).join(' OR ')
  const of = (name: string, type: string) => {
    const i = present.findIndex((field) => field.name === name)
    return i < 0 ? `NULL::${type}` : `v${i}::${type}`
  }
  const type = columns.has('event') ? typeSql(`lower(trim(${of('event', 'VARCHAR')}))`) : `'click'`
  await duck.run(
    `CREATE TABLE event AS
     SELECT row_number() OVER () AS num, ${of('user', 'VARCHAR')} AS "user",
       ${of('item', 'VARCHAR')} AS item, ${of('time', 'DOUBLE')} AS time,
       ${of('impression', 'VARCHAR')} AS impression, ${of('dwell', 'DOUBLE')} AS dwell,
       ${of('orders', 'DOUBLE')} AS orders, ${type} AS type, (${isBad}) AS bad
     FROM (SELECT *, ${values.join(', ')}
     FROM (SELECT *, ${read.join(', ')}
     FROM (SELECT ${raw.join(', ')} FROM (${source.sql}))))`,
    { file },
  )
}

const typeSql = (text: string): string =>
  `CASE ${Object.entries(eventWords)
    .map(([type, words]) => `WHEN ${text} IN (${words.map(literal).join(', ')}) THEN '${type}'`)
    .join(' ')} END`

/**
 * Credits each event to a row of `staged`, by its list where it names one, else by last touch: the
 * latest list, not after the event, that showed the user the item; of two at the same second the
 * later one. Makes the table `credit`: line, click, delay, dwell, orders.
 * Needs `event` and `impressions`.
 */
export async function creditEvents(duck: DuckSession, window: number | null): Promise<EventCounts> {
  const seconds = window ?? 1e300
  await duck.run(
    `CREATE TABLE shown AS SELECT s.line, s.f_impression AS impression, s.f_user AS "user",
       s.f_item AS item, p.time, p.num AS list
     FROM ${good} s JOIN impressions p ON p.id = s.f_impression`,
  )
  await duck.run(
    `CREATE TABLE touch AS
     SELECT *, lag(time) OVER (PARTITION BY "user", item ORDER BY time) AS earlier FROM
       (SELECT "user", item, time, arg_max(line, list) AS line, count(*) AS lists
        FROM shown GROUP BY ALL)`,
  )
  const usable = `(SELECT * FROM event WHERE NOT bad AND type IS NOT NULL)`
  await duck.run(
    `CREATE TABLE fate AS
     SELECT *, CASE WHEN line IS NULL THEN 'unmatched' WHEN time < since THEN 'early'
         WHEN time - since > ${seconds} THEN 'late'
         WHEN row_number() OVER (PARTITION BY line, type, time < since, time - since > ${seconds},
           CASE WHEN type = 'click' THEN 0 ELSE time END ORDER BY time, num) > 1 THEN 'repeated'
         ELSE 'credited' END AS fate
     FROM (
       SELECT e.num, e.type, e.time, e.dwell, e.orders, t.line, t.time AS since,
         t.lists > 1 OR coalesce(e.time - t.earlier <= ${seconds}, false) AS ambiguous
       FROM (SELECT * FROM ${usable} WHERE impression IS NULL) e
       ASOF LEFT JOIN touch t ON t."user" = e."user" AND t.item = e.item AND e.time >= t.time
       UNION ALL
       SELECT e.num, e.type, e.time, e.dwell, e.orders, s.line, s.time, false
       FROM (SELECT * FROM ${usable} WHERE impression IS NOT NULL) e
       LEFT JOIN shown s ON s.impression = e.impression AND s.item = e.item AND s."user" = e."user")`,
  )
  await duck.run(
    `CREATE TABLE credit AS
     SELECT line, (count(*) FILTER (WHERE type = 'click') > 0)::UTINYINT AS click,
       coalesce(min(time - since) FILTER (WHERE type = 'click'), min(time - since)) AS delay, max(dwell) AS dwell,
       coalesce(sum(CASE WHEN type = 'order' THEN coalesce(orders, 1) ELSE orders END), 0) AS orders
     FROM fate WHERE fate = 'credited' OR (fate = 'repeated' AND type = 'click' AND dwell IS NOT NULL)
     GROUP BY line`,
  )
  const n = await figures<Exclude<keyof EventCounts, 'window'>>(
    duck,
    `SELECT (SELECT count(*) FROM event) AS "rows",
       (SELECT count(*) FROM event WHERE bad) AS unreadable,
       (SELECT count(*) FROM event WHERE NOT bad AND type IS NULL) AS "otherType",
       ${['unmatched', 'early', 'late', 'repeated', 'credited']
         .map((fate) => `count(*) FILTER (WHERE fate = '${fate}') AS ${fate}`)
         .join(', ')},
       count(*) FILTER (WHERE fate = 'credited' AND ambiguous) AS ambiguous
     FROM fate`,
  )
  return { ...n, window }
}

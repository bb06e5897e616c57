import type { FieldType, LogField } from '#core/dataset/kinds/logField'

/**
 * A field in three steps of SQL, each a column that the next ones name: what is read (`t` text, `n`
 * number), its value, and the code of what is wrong with it (NULL: nothing). So everything is
 * computed once per value.
 */
export interface FieldSql {
  readonly read: readonly (readonly [name: 't' | 'n', sql: string])[]
  readonly value: string
  readonly problem: string
}

const meansMissing = "('nan', 'null', 'none', 'undefined', 'na', 'n/a', '\\n')"

/**
 * @param c the column, of whatever type
 * @param at suffix of the names: `t0`, `n0`, `v0`
 * @param now unix seconds; later times are refused
 */
export function fieldSql(
  { type, required }: LogField,
  c: string,
  at: string,
  now: number,
): FieldSql {
  const t = `t${at}`
  const n = `n${at}`
  const text = ['t', trimmed(`${c}::VARCHAR`)] as const
  const number = ['n', `TRY_CAST(${c} AS DOUBLE)`] as const
  const { read, value, wrong } = typed(type, { text, number, c, t, n, v: `v${at}`, now })
  const names = new Set(read.map(([name]) => name))
  // a number that can not be read has a text to show that it is there
  const isEmpty = names.has('t')
    ? `${t} IS NULL`
    : `(${n} IS NULL AND nullif(trim(${c}::VARCHAR), '') IS NULL)`
  const cases = [
    ...(required ? [`WHEN ${isEmpty} THEN 'missing'`] : [`WHEN ${isEmpty} THEN NULL`]),
    ...wrong.map(([condition, code]) => `WHEN ${condition} THEN '${code}'`),
  ]
  return {
    read,
    value,
    problem: wrong.length === 0 && !required ? 'NULL' : `CASE ${cases.join(' ')} END`,
  }
}

/** Text without blanks around it, NULL where nothing is left; few values have any to look for. */
const trimmed = (c: string): string =>
  `CASE WHEN strlen(${c}) <> length(${c}) OR starts_with(${c}, ' ') OR ends_with(${c}, ' ')
     THEN nullif(trim(${c}), '') ELSE nullif(${c}, '') END`

interface Names {
  readonly text: readonly ['t', string]
  readonly number: readonly ['n', string]
  readonly c: string
  readonly t: string
  readonly n: string
  readonly v: string
  readonly now: number
}

interface Typed {
  readonly read: FieldSql['read']
  readonly value: string
  readonly wrong: readonly (readonly [condition: string, code: string])[]
}

function typed(type: FieldType, { text, number, c, t, n, v, now }: Names): Typed {
  const unreadable = `${n} IS NULL OR NOT isfinite(${n})`
  switch (type) {
    case 'id':
      return {
        read: [text],
        value: t,
        wrong: [
          [`strlen(${t}) > 200 AND length(${t}) > 200`, 'tooLong'],
          [
            `strlen(${t}) < 10 AND (lower(${t}) IN ${meansMissing} OR (starts_with(${t}, '-') AND regexp_matches(${t}, '^-\\d')))`,
            'meansMissing',
          ],
        ],
      }
    case 'team':
      return { read: [text], value: t, wrong: [[`length(${t}) > 40`, 'tooLong']] }
    case 'time':
      return {
        read: [text, number],
        value: secondsSql(t, n),
        wrong: [
          [`${v} IS NULL OR NOT isfinite(${v})`, 'notTime'],
          [`${v} < 0`, 'before1970'],
          [`${v} > ${now + 86_400}`, 'future'],
        ],
      }
    case 'flag': {
      const flag = `CASE WHEN ${n} IS NOT NULL THEN ${n} WHEN lower(${t}) IN ('true', 'yes') THEN 1 WHEN lower(${t}) IN ('false', 'no') THEN 0 END`
      return {
        read: [text, number],
        value: `CASE WHEN isfinite(${flag}) AND ${flag} >= 0 THEN (${flag} > 0)::UTINYINT END`,
        wrong: [[`${v} IS NULL`, 'notFlag']],
      }
    }
    case 'count':
    case 'amount':
      return {
        read: [number],
        value: n,
        wrong: [
          [unreadable, 'notNumber'],
          [`${n} < 0`, 'negative'],
        ],
      }
    case 'number':
      return { read: [number], value: n, wrong: [[unreadable, 'notNumber']] }
    case 'position':
      return {
        read: [number],
        value: `TRY_CAST(${n} AS INTEGER)`,
        wrong: [
          [`${unreadable} OR ${n} <> floor(${n})`, 'notPosition'],
          [`${n} < 0`, 'negative'],
          [`${n} > 32000`, 'tooDeep'],
        ],
      }
    case 'share':
      return {
        read: [number],
        value: n,
        wrong: [
          [unreadable, 'notNumber'],
          [`${n} <= 0`, 'noShare'],
          [`${n} > 1`, 'aboveOne'],
        ],
      }
    case 'items':
    case 'any':
      return { read: [text], value: `CASE WHEN ${t} IS NOT NULL THEN ${c}::VARCHAR END`, wrong: [] }
    case 'labelled':
      return {
        read: [text],
        value: t,
        wrong: [[`NOT regexp_matches(${t}, '^(\\S+-[01])(\\s+\\S+-[01])*$')`, 'notLabelled']],
      }
  }
}

/** Unix seconds; milliseconds, micro- and nanoseconds are told by their size, dates are UTC. */
const secondsSql = (text: string, number: string): string =>
  `CASE WHEN ${number} IS NOT NULL THEN ${number} /
     CASE WHEN ${number} > 1e17 THEN 1e9 WHEN ${number} > 1e14 THEN 1e6
          WHEN ${number} > 1e11 THEN 1e3 ELSE 1 END
   ELSE coalesce(epoch(TRY_CAST(${text} AS TIMESTAMPTZ)),
     epoch(TRY_STRPTIME(${text}, '%m/%d/%Y %I:%M:%S %p'))) END`

/** What to do about a problem, by its code. */
export const fixes: Readonly<Record<string, string>> = {
  missing: 'write a value, or remove the row',
  tooLong: 'an id has at most 200 characters, a team 40',
  meansMissing: 'this means a missing value: write the real id, or remove the row',
  notTime: 'write unix seconds, or a date such as 2024-04-02T13:05:00Z',
  before1970: 'write a time after 1970',
  future: 'this time is in the future: check the clock or the unit',
  notFlag: 'write 1 or 0',
  notNumber: 'write a finite number such as 4 or 3.5',
  negative: 'write 0 or more',
  notPosition: 'write a whole number from 0 or 1',
  tooDeep: 'a position is at most 32,000',
  noShare: 'a propensity is above 0: what is never shown can not be logged',
  aboveOne: 'a propensity is at most 1',
  notLabelled: 'write candidates as item-0 or item-1, apart by blanks',
  twice: 'the same impression has this already; the first counts',
  itemTwice: 'the same impression shows this item already; the first counts',
  otherUser:
    'the same impression has another user in an earlier row: give each list an id of its own',
  incomplete: 'another row of its impression is left out, so its list is not whole',
  tooManyTeams: 'there are more than 6 teams: check which column is the team',
  notRow: 'this is no row of the format',
  noGroup: 'the .query file has no query for it',
  notJson: 'this is no JSON object',
}

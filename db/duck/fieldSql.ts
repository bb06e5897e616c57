import type { FieldType, LogField } from '#core/dataset/kinds/logField'

/** The value of a field in SQL, and the code of what is wrong with it: NULL when nothing is. */
export interface FieldSql {
  readonly value: string
  readonly problem: string
}

const meansMissing = "('nan', 'null', 'none', 'undefined', 'na', 'n/a', '\\n')"

/**
 * @param c the column, of whatever type
 * @param now unix seconds; later times are refused
 */
export function fieldSql({ type, required }: LogField, c: string, now: number): FieldSql {
  const text = `trim(${c}::VARCHAR)`
  const empty = `(${c} IS NULL OR ${text} = '')`
  const { value, wrong } = typed(type, text, c, now)
  const isWrong = wrong.map(([condition, code]) => `WHEN ${condition} THEN ${code}`).join(' ')
  const missing = required ? `WHEN ${empty} THEN 'missing'` : ''
  return {
    value: `CASE WHEN ${empty} THEN NULL ELSE ${value} END`,
    problem:
      isWrong + missing === ''
        ? 'NULL'
        : `CASE ${missing} ${required ? '' : `WHEN ${empty} THEN NULL`} ${isWrong} END`,
  }
}

type Wrong = readonly (readonly [condition: string, code: string])[]

function typed(
  type: FieldType,
  text: string,
  c: string,
  now: number,
): { readonly value: string; readonly wrong: Wrong } {
  const number = `TRY_CAST(${c} AS DOUBLE)`
  const unreadable = `${number} IS NULL OR NOT isfinite(${number})`
  switch (type) {
    case 'id':
      return {
        value: text,
        wrong: [
          [`length(${text}) > 200`, "'tooLong'"],
          [
            `length(${text}) < 10 AND (lower(${text}) IN ${meansMissing} OR (starts_with(${text}, '-') AND regexp_matches(${text}, '^-\\d')))`,
            "'meansMissing'",
          ],
        ],
      }
    case 'team':
      return { value: text, wrong: [[`length(${text}) > 40`, "'tooLong'"]] }
    case 'time': {
      const seconds = secondsSql(text, number)
      return {
        value: seconds,
        wrong: [
          [`${seconds} IS NULL OR NOT isfinite(${seconds})`, "'notTime'"],
          [`${seconds} < 0`, "'before1970'"],
          [`${seconds} > ${now + 86_400}`, "'future'"],
        ],
      }
    }
    case 'flag': {
      const flag = `CASE lower(${text}) WHEN 'true' THEN 1 WHEN 'yes' THEN 1 WHEN 'false' THEN 0 WHEN 'no' THEN 0 ELSE ${number} END`
      return {
        value: `(${flag} > 0)::UTINYINT`,
        wrong: [[`(${flag}) IS NULL OR NOT isfinite(${flag}) OR (${flag}) < 0`, "'notFlag'"]],
      }
    }
    case 'count':
    case 'amount':
      return {
        value: number,
        wrong: [
          [unreadable, "'notNumber'"],
          [`${number} < 0`, "'negative'"],
        ],
      }
    case 'number':
      return { value: number, wrong: [[unreadable, "'notNumber'"]] }
    case 'position':
      return {
        value: `${number}::INTEGER`,
        wrong: [
          [`${unreadable} OR ${number} <> floor(${number})`, "'notPosition'"],
          [`${number} < 0`, "'negative'"],
          [`${number} > 32000`, "'tooDeep'"],
        ],
      }
    case 'share':
      return {
        value: number,
        wrong: [
          [unreadable, "'notNumber'"],
          [`${number} <= 0`, "'noShare'"],
          [`${number} > 1`, "'aboveOne'"],
        ],
      }
    case 'items':
    case 'any':
      return { value: `${c}::VARCHAR`, wrong: [] }
    case 'labelled':
      return {
        value: text,
        wrong: [[`NOT regexp_matches(${text}, '^(\\S+-[01])(\\s+\\S+-[01])*$')`, "'notLabelled'"]],
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

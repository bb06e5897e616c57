/** A field of a row, read; or what is wrong with it and how to repair it. */
export type FieldResult<T> = { readonly value: T } | { readonly fix: string }

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/
const DECIMAL_COMMA = /^[+-]?\d+,\d+$/
const MISSING = new Set(['nan', 'null', 'none', 'undefined', 'na', 'n/a', '\\n'])
const MAX_ID_LENGTH = 200
const MAX_RATING = 1e9

/** An id is any text; a sign that it is missing (empty, NaN, a negative number) is refused. */
export function readId(text: string): FieldResult<string> {
  const id = text.trim()
  if (id === '') return { fix: 'write an id, or remove the row' }
  if (MISSING.has(id.toLowerCase())) return { fix: 'this means a missing value: write an id' }
  if (/^-\d/.test(id)) return { fix: 'ids are not negative: write the real id, or remove the row' }
  if (id.length > MAX_ID_LENGTH) return { fix: `an id has at most ${MAX_ID_LENGTH} characters` }
  return { value: id }
}

/** Whether a field looks like a number; a header has none. */
export const isNumber = (text: string): boolean => NUMBER.test(text.trim())

export function readRating(text: string): FieldResult<number> {
  const field = text.trim()
  if (field === '') return { fix: 'write a number, or remove the row' }
  if (DECIMAL_COMMA.test(field)) return { fix: `write a decimal point: ${field.replace(',', '.')}` }
  if (!NUMBER.test(field)) return { fix: 'write a finite number such as 4 or 3.5' }
  const value = Number(field)
  if (Math.abs(value) > MAX_RATING) return { fix: 'write a rating between −1e9 and 1e9' }
  return { value: Math.fround(value) === 0 ? 0 : value } // no −0: it would change the hash
}

const ISO = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(\.\d+)?)?)?(Z|[+-]\d\d:?\d\d)?$/
/** Seconds since 1970 reach this in the year 5138; milliseconds passed it in 1973. */
const LAST_SECOND = 1e11

/** Unix seconds, or an ISO 8601 date or date and time; without a zone it is UTC. */
export function readTime(text: string): FieldResult<number> {
  const field = text.trim()
  if (field === '') return { fix: 'write unix seconds, or remove the time column' }
  if (NUMBER.test(field)) {
    const value = Number(field)
    if (value < 0) return { fix: 'write unix seconds, 0 or later' }
    if (value > LAST_SECOND) return { fix: 'these are milliseconds: divide by 1,000' }
    return { value: value === 0 ? 0 : value }
  }
  const [match, year, month, day, hour = '0', minute = '0', second = '0', fraction = '0', zone] =
    ISO.exec(field) ?? []
  const wrong = { fix: 'write unix seconds, or a date such as 1998-04-02T13:05:00Z' }
  if (match === undefined) return wrong
  const [y, mo, d] = [Number(year), Number(month), Number(day)]
  const midnight = new Date(Date.UTC(y, mo - 1, d))
  const isReal = midnight.getUTCMonth() === mo - 1 && midnight.getUTCDate() === d
  if (!isReal || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return wrong
  const clock = Number(hour) * 3600 + Number(minute) * 60 + Number(second) + Number(fraction)
  const value = midnight.getTime() / 1000 + clock - zoneSeconds(zone)
  return value < 0 ? { fix: 'write a time after 1970' } : { value }
}

function zoneSeconds(zone: string | undefined): number {
  if (zone === undefined || zone === 'Z') return 0
  const digits = zone.replace(':', '')
  const seconds = Number(digits.slice(1, 3)) * 3600 + Number(digits.slice(3, 5)) * 60
  return digits.startsWith('-') ? -seconds : seconds
}

import { optional, plainHeader, required, type LogField } from './logField.ts'

/** One row per click, order or reading time, in a table of its own beside an interleaving log. */
export const eventFields: readonly LogField[] = [
  required('user', 'id', 'userid uid customerid visitorid'),
  required('item', 'id', 'itemid documentid docid newsid productid movieid'),
  required('time', 'time', 'timestamp ts datetime date eventtime'),
  optional('impression', 'id', 'impressionid impid requestid listid queryid'),
  optional('event', 'any', 'eventtype eventname type action kind'),
  optional('dwell', 'amount', 'dwelltime dwellseconds'),
  optional('orders', 'amount', 'order purchases purchase conversions revenue amount'),
]

/** What a value of the column `event` means; without that column every row is a click. */
export const eventWords = {
  click: ['click', 'clicked', 'open', 'opened'],
  order: ['order', 'ordered', 'purchase', 'purchased', 'buy', 'conversion'],
  dwell: ['dwell', 'read'],
} as const

/** The first column that each field's name or another word for it is the header of. */
export function eventColumns(headers: readonly string[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (const { name, knownAs } of eventFields) {
    const own = headers.find((header) => plainHeader(header) === name)
    const column = own ?? headers.find((header) => knownAs.includes(plainHeader(header)))
    if (column !== undefined) found.set(name, column)
  }
  return found
}

/** What became of the rows of an events table, each counted once, and of those that were credited. */
export interface EventCounts {
  readonly rows: number
  readonly unreadable: number
  /** Of a type that is no click, order or reading time. */
  readonly otherType: number
  /** No list that the user had been shown held the item. */
  readonly unmatched: number
  /** Before the list that they name. */
  readonly early: number
  /** After the window of the latest such list. */
  readonly late: number
  /** A further click on the same item of the same list, or the same order twice. */
  readonly repeated: number
  readonly credited: number
  /** Of the credited: another list of the window showed the item as well. */
  readonly ambiguous: number
  /** Seconds after its list within which an event counts, inclusive; null for any time. */
  readonly window: number | null
}

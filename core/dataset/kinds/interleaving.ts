import type { EventCounts } from './events.ts'
import type { Category } from './feature.ts'
import { optional, required, type LogKind } from './logField.ts'

/**
 * A production interleaving log as columns. Impressions by time, then id; the shown items of one
 * impression are neighbours, top first.
 */
export interface InterleavingLog {
  readonly impressions: number
  readonly users: number
  readonly items: number
  readonly userIds: readonly string[] // [users]
  readonly itemIds: readonly string[] // [items]
  readonly user: Int32Array // [impressions], 0 … users − 1
  readonly time: Float64Array // [impressions], unix seconds
  readonly first: Int32Array // [impressions + 1]: rows first[i] … first[i + 1] − 1 are impression i
  readonly item: Int32Array // [rows], 0 … items − 1
  readonly position: Int16Array // [rows], 0 = top
  /** [rows], index into `teams`, −1 = neutral; null where only the source ranks were logged. */
  readonly team: Int8Array | null
  /** Names as logged, sorted; two where only the source ranks were logged. */
  readonly teams: readonly string[]
  /** [rows], 0-based rank in that side's own list, −1 = not in it; null where not logged. */
  readonly rankA: Int16Array | null
  readonly rankB: Int16Array | null
  readonly click: Uint8Array // [rows], 1 = clicked
  readonly dwell: Float32Array | null // [rows], seconds; NaN where not logged
  readonly orders: Float32Array | null // [rows], orders or revenue; 0 where not logged
  /** [rows], seconds from the list to the click; NaN where not logged or not clicked. */
  readonly delay: Float32Array | null
  readonly segments: readonly Category[] // [impressions] each
}

/** What is held of a log while it is read: what there is once per list, and no row. */
export interface LogFacts {
  readonly rows: number
  readonly impressions: number
  readonly users: number
  readonly items: number
  readonly teams: readonly string[]
  readonly user: Int32Array // [impressions]
  readonly time: Float64Array // [impressions], unix seconds
  readonly segments: readonly Category[] // [impressions] each
  /** Which of the columns that may be absent are there. */
  readonly has: {
    readonly team: boolean
    readonly ranks: boolean
    readonly dwell: boolean
    readonly orders: boolean
    readonly delay: boolean
  }
  /** What became of the table of events that clicks came from; null where the rows told them. */
  readonly events?: EventCounts | null
}

/** Neighbouring lists with their rows. */
export interface LogPiece {
  readonly from: number // impression
  readonly count: number // impressions
  readonly first: Int32Array // [count + 1]: rows first[i] … first[i + 1] − 1 are impression from + i
  readonly item: Int32Array
  readonly team: Int8Array | null
  readonly rankA: Int16Array | null
  readonly rankB: Int16Array | null
  readonly click: Uint8Array
  readonly dwell: Float32Array | null
  readonly orders: Float32Array | null
  readonly delay: Float32Array | null
}

/** A log of any length, read piece by piece, from the begin as often as asked. */
export interface LogReader extends LogFacts {
  pieces(): AsyncIterable<LogPiece> | Iterable<LogPiece>
}

/** Reads a log that is in memory. @param lists in a piece */
export function readerOf(log: InterleavingLog, lists = 20_000): LogReader {
  const { impressions, users, items, teams, user, time, segments } = log
  function* pieces(): Generator<LogPiece> {
    for (let from = 0; from < impressions; from += lists) {
      const to = Math.min(impressions, from + lists)
      const [start, end] = [log.first[from]!, log.first[to]!]
      yield {
        from,
        count: to - from,
        first: log.first.subarray(from, to + 1).map((row) => row - start),
        item: log.item.subarray(start, end),
        team: log.team?.subarray(start, end) ?? null,
        rankA: log.rankA?.subarray(start, end) ?? null,
        rankB: log.rankB?.subarray(start, end) ?? null,
        click: log.click.subarray(start, end),
        dwell: log.dwell?.subarray(start, end) ?? null,
        orders: log.orders?.subarray(start, end) ?? null,
        delay: log.delay?.subarray(start, end) ?? null,
      }
    }
  }
  return {
    rows: log.item.length,
    ...{ impressions, users, items, teams, user, time, segments, pieces },
    has: {
      team: log.team !== null,
      ranks: log.rankA !== null && log.rankB !== null,
      dwell: log.dwell !== null,
      orders: log.orders !== null,
      delay: log.delay !== null,
    },
  }
}

/** One row per shown item. */
export const interleaving: LogKind = {
  fields: [
    required('impression', 'id', 'impressionid impid requestid listid queryid'),
    required('user', 'id', 'userid uid customerid visitorid'),
    required('time', 'time', 'timestamp ts datetime date'),
    required('position', 'position', 'pos rank slot'),
    required('item', 'id', 'itemid documentid docid newsid productid movieid'),
    optional('team', 'team', 'ranker side source arm variant'),
    optional('rankA', 'position', 'ranka rank0 rankofa'),
    optional('rankB', 'position', 'rankb rank1 rankofb'),
    required('click', 'flag', 'clicked clicks isclick isclicked'),
    optional('dwell', 'amount', 'dwelltime dwellseconds'),
    optional('clickTime', 'time', 'clickedat clicktimestamp clickts'),
    optional('orders', 'amount', 'order purchases purchase conversions revenue'),
    { ...optional('segment', 'any'), many: true },
  ],
  alternatives: [['team'], ['rankA', 'rankB']],
}

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
  readonly segments: readonly Category[] // [impressions] each
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
    optional('orders', 'amount', 'order purchases purchase conversions revenue'),
    { ...optional('segment', 'any'), many: true },
  ],
  alternatives: [['team'], ['rankA', 'rankB']],
}

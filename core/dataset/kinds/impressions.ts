import type { Category } from './feature.ts'
import { optional, required, type LogKind } from './logField.ts'

/**
 * Shown lists with a label per candidate, as columns. Impressions by time, then id; the
 * candidates of one impression are neighbours.
 */
export interface ImpressionLog {
  readonly impressions: number
  readonly users: number
  readonly items: number
  readonly userIds: readonly string[] // [users]
  readonly itemIds: readonly string[] // [items]
  readonly user: Int32Array // [impressions], 0 … users − 1
  readonly time: Float64Array // [impressions], unix seconds
  readonly first: Int32Array // [impressions + 1]: rows first[i] … first[i + 1] − 1 are impression i
  readonly item: Int32Array // [rows], 0 … items − 1
  readonly label: Uint8Array // [rows], 1 = clicked
  /** [rows], 0 = top; null where the log does not tell (MIND shuffles its candidates). */
  readonly position: Int16Array | null
  readonly historyFirst: Int32Array // [impressions + 1], into `history`
  readonly history: Int32Array // items clicked before, oldest first; empty when not logged
  /** Categories of the items, for example from `news.tsv`: [items] each. */
  readonly itemFeatures: readonly Category[]
}

/** One row per candidate, or one per impression with `labelled` candidates (MIND). */
export const impressions: LogKind = {
  fields: [
    required('impression', 'id', 'impressionid impid requestid listid'),
    required('user', 'id', 'userid uid customerid visitorid'),
    required('time', 'time', 'timestamp ts datetime date'),
    optional('item', 'id', 'itemid documentid docid newsid productid movieid'),
    optional('label', 'flag', 'click clicked isclick isclicked'),
    optional('position', 'position', 'pos rank slot'),
    optional('candidates', 'labelled', 'impressions'),
    optional('history', 'items', 'clickhistory'),
  ],
  alternatives: [['item', 'label'], ['candidates']],
}

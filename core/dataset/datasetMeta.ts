import type { EventCounts } from './kinds/events.ts'

/** What every dataset of a workspace tells about itself. */
interface CommonMeta {
  readonly name: string
  readonly hash: string // SHA-256 of the canonical content, hexadecimal
  readonly path: string
  /** Who was served: distinct users, queries in `queries`, 0 where a log names no user. */
  readonly users: number
  /** What was shown: distinct items, actions in `bandit`, documents in `queries`. */
  readonly items: number
  readonly rows: number
  readonly source: string // file name only, never a path
  readonly bytes: number
}

export interface RatingsMeta extends CommonMeta {
  readonly kind: 'ratings'
  readonly minRating: number
  readonly maxRating: number
  readonly histogram: readonly { readonly rating: number; readonly count: number }[]
  readonly hasTime: boolean
}

/** First and last time of a log, unix seconds. */
export interface TimeSpan {
  readonly from: number
  readonly to: number
}

export interface ImpressionsMeta extends CommonMeta {
  readonly kind: 'impressions'
  readonly impressions: number
  readonly clicks: number
  readonly span: TimeSpan
  readonly hasPositions: boolean
  readonly hasHistory: boolean
}

export interface InterleavingMeta extends CommonMeta {
  readonly kind: 'interleaving'
  readonly impressions: number
  readonly clicks: number
  readonly span: TimeSpan
  readonly teams: readonly string[]
  readonly hasTeams: boolean // false: to be recomputed from the source ranks
  readonly hasRanks: boolean
  readonly hasDwell: boolean
  readonly hasOrders: boolean
  readonly hasClickTime: boolean
  readonly segments: readonly string[]
  /** Of the table that clicks came from; null, or absent in older ones, where the rows tell them. */
  readonly events?: EventCounts | null
}

export interface BanditMeta extends CommonMeta {
  readonly kind: 'bandit'
  readonly positions: number
  readonly meanReward: number
  readonly span: TimeSpan | null
  readonly contexts: readonly string[]
  readonly actionFeatures: readonly string[]
}

export interface QueriesMeta extends CommonMeta {
  readonly kind: 'queries'
  readonly features: number
  /** Documents by grade, ascending. */
  readonly grades: readonly { readonly grade: number; readonly count: number }[]
}

/**
 * A file beside the workspace that experiments and analyses name. `ratings` is one file of our own
 * format, the other kinds are a folder of Parquet tables.
 */
export type DatasetMeta =
  RatingsMeta | ImpressionsMeta | InterleavingMeta | BanditMeta | QueriesMeta

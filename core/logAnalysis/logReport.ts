import type { EventCounts } from '#core/dataset/kinds/events'
import type { PointMetric } from '#core/run/point'
import type { Findings } from '#core/run/summary'
import type { AttributionCounts } from './attribution.ts'
import type { FilterStep } from './filterLog.ts'
import type { LogPlan } from './logPlan.ts'
import type { Segments } from './segments.ts'

/** What a log says: the findings of a run, and what was done to the log to get them. */
export interface LogReport extends Findings {
  readonly plan: LogPlan
  /** Before any step. */
  readonly source: {
    readonly rows: number
    readonly impressions: number
    readonly users: number
    readonly items: number
    readonly from: number // unix seconds
    readonly to: number
  }
  readonly steps: readonly FilterStep[]
  /** Users that look like programs, and repeated lists, before any step. */
  readonly automaticUsers: number
  readonly repeatedLists: number
  readonly attribution: AttributionCounts
  /** What became of the events table that the clicks came from; absent where the rows told them. */
  readonly events?: EventCounts
  readonly teams: {
    readonly logged: boolean // false: recomputed from the source rankings
    readonly ranked: boolean
    readonly checked: number // lists
    readonly mismatched: number
  }
  readonly positions: readonly {
    readonly position: number // 1-based
    readonly shown: readonly number[] // per side
    readonly clicks: readonly number[]
  }[]
  readonly segments: Segments | null
  /** By `pointMetrics`, without those that a log can not fill. */
  readonly curve: Readonly<Partial<Record<PointMetric, readonly (number | null)[]>>>
  /** SHA-256 of all of this but itself, rounded to 12 significant digits. */
  readonly digest: string
}

import type { Language, reportFormatIds, RunDetail } from '../contract.ts'
import type { UpdateEvent } from '../run/batch.ts'

export type ReportFormatId = (typeof reportFormatIds)[number]

/** Everything a report is a function of: no clock, no path of this machine. */
export interface ReportInput {
  readonly run: RunDetail
  /** Of the whole run by `pointMetrics`: rows × pointWidth, or one array per batch of rows. */
  readonly points: Float64Array | readonly Float64Array[]
  readonly updates: readonly UpdateEvent[]
  readonly language: Language
  readonly format: ReportFormatId
  readonly appVersion: string
}

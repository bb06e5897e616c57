import type { Language, reportFormatIds, RunDetail } from '../contract.ts'
import type { ModelFile } from '../model/modelFile.ts'
import type { UpdateEvent } from '../run/batch.ts'
import type { NetworkRecord } from '../run/networkRecord.ts'

/** What was recorded of a run's networks, the oldest first. */
export type StepRecords = readonly { readonly step: number; readonly record: NetworkRecord }[]

export type ReportFormatId = (typeof reportFormatIds)[number]

/** Everything a report is a function of: no clock, no path of this machine. */
export interface ReportInput {
  readonly run: RunDetail
  /** Of the whole run by `pointMetrics`: rows × pointWidth, or one array per batch of rows. */
  readonly points: Float64Array | readonly Float64Array[]
  readonly updates: readonly UpdateEvent[]
  /** For the bundle alone, which no other format holds. */
  readonly networks?: StepRecords
  /** That its rankers name, for a bundle; those that the workspace still has. */
  readonly models?: readonly ModelFile[]
  readonly language: Language
  readonly format: ReportFormatId
  readonly appVersion: string
}

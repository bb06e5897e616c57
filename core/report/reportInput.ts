import type { Language } from '../languages.ts'
import type { reportFormatIds } from '../contract/reports.ts'
import type { RunDetail } from '../contract/runs.ts'
import type { StudyDetail } from '../contract/studies.ts'
import type { ModelFile } from '../model/modelFile.ts'
import type { UpdateEvent } from '../run/batch.ts'
import type { NetworkRecord } from '../run/networkRecord.ts'
import type { UserSegments } from '../run/userSegments.ts'
import type { ReportContent } from './reportContent.ts'

/** What was recorded of a run's networks, the oldest first. */
export type StepRecords = readonly { readonly step: number; readonly record: NetworkRecord }[]

export type ReportFormatId = (typeof reportFormatIds)[number]

/** What is known of a run: no clock, no path of this machine. */
export interface RunData {
  readonly run: RunDetail
  /** Of the whole run by `pointMetrics`: rows × pointWidth, or one array per batch of rows. */
  readonly points: Float64Array | readonly Float64Array[]
  readonly updates: readonly UpdateEvent[]
  /** Of a finished run with impressions; absent where nobody has them. */
  readonly segments?: UserSegments | null
  /** For the bundle alone, which no other format holds. */
  readonly networks?: StepRecords
  /** That its rankers name, for a bundle; those that the workspace still has. */
  readonly models?: readonly ModelFile[]
}

/** How a report is to be written. */
export interface ReportMake {
  readonly language: Language
  readonly appVersion: string
}

/** Everything that can be said of a run is a function of this. */
export interface RunInput extends RunData, ReportMake {}

/** Everything the standard report of a run is a function of. */
export interface ReportInput extends RunInput {
  readonly format: ReportFormatId
  /** Some parts alone, in this order; all when left out. */
  readonly parts?: readonly string[] | null
}

/** What a report quotes, with its numbers. */
export type SourceData =
  ({ readonly kind: 'run' } & RunData) | { readonly kind: 'study'; readonly study: StudyDetail }

/** A report to be written: what it holds, and the numbers behind it by the keys of its sources. */
export interface ReportWork extends ReportMake {
  readonly content: ReportContent
  readonly sources: Readonly<Record<string, SourceData>>
}

import { z } from 'zod'
import { languages, type Language } from '../languages.ts'
import { ReportContent, ReportSource, type Paper } from '../report/reportContent.ts'
import type { ReportPart } from '../report/reportParts.ts'
import type { TemplateId } from '../report/templates.ts'
import { call } from '../rpc/contract.ts'
import { ReportId, RunId, none, report } from './ids.ts'

export const reportFormatIds = ['html', 'pdf', 'md', 'csv', 'xlsx', 'json', 'duelist'] as const

export interface ReportFile {
  readonly name: string // suggested file name
  readonly mime: string
  readonly text: string // empty where the file is no text
  readonly bytes?: Uint8Array
  /** Files that it shows, to be kept in the same folder. */
  readonly beside?: readonly { readonly name: string; readonly text: string }[]
}

/** A file that was made of a report. */
export interface ReportExport {
  readonly at: string // ISO 8601
  readonly name: string
  readonly format: (typeof reportFormatIds)[number]
  readonly language: Language
  readonly bytes: number
  readonly sha256: string
}

/** A source of a report, and whether what was quoted is still what it says. */
export interface ReportQuote extends ReportSource {
  readonly name: string
  readonly takenAt: string // ISO 8601
  readonly state: 'fresh' | 'stale' | 'gone' // gone: this workspace does not have it
  /** The dataset that it read, where the workspace holds another one by that name, or none, by now. */
  readonly dataChanged: {
    readonly name: string
    readonly before: string // hash
    readonly after: string | null
  } | null
}

/** A row of the list of reports. */
export interface ReportRow {
  readonly id: ReportId
  readonly title: string
  readonly languages: readonly Language[]
  readonly paper: Paper
  readonly blocks: number
  readonly quotes: readonly ReportQuote[]
  readonly createdAt: string // ISO 8601
  readonly updatedAt: string
  readonly lastExport: ReportExport | null
}

export interface ReportDetail extends ReportRow {
  readonly content: ReportContent
  readonly exports: readonly ReportExport[] // newest first
}

/** Reports, their files, and bundles. */
export const reportCalls = {
  /** The standard report of a run, or some parts of it. */
  'reports.render': call(
    z.strictObject({
      run: RunId,
      format: z.enum(reportFormatIds),
      language: z.enum(languages),
      parts: z.array(z.string().max(40)).min(1).max(100).nullable().default(null),
    }),
    z.custom<ReportFile>(),
  ),
  'reports.list': call(none, z.custom<ReportRow[]>()),
  'reports.get': call(report, z.custom<ReportDetail>()),
  /** A new one, of these runs and studies as they are now. */
  'reports.create': call(
    z.strictObject({
      template: z.custom<TemplateId>((id) => typeof id === 'string'),
      sources: z.array(ReportSource.pick({ kind: true }).extend({ id: z.int().min(1) })).max(50),
      title: ReportContent.shape.title.nullable().default(null), // null: as its first source
      language: z.enum(languages), // of its title where it has none
      languages: ReportContent.shape.languages.nullable().default(null), // null: that one alone
      paper: ReportContent.shape.paper.default('A4'),
    }),
    ReportId,
  ),
  'reports.save': call(report.extend({ content: ReportContent }), z.null()),
  /** Keeps a run or a study for a report, as it is now. @returns its key there */
  'reports.quote': call(
    report.extend({ kind: ReportSource.shape.kind, id: z.int().min(1) }),
    ReportSource.shape.key,
  ),
  /** Looks at all sources again. */
  'reports.recompute': call(report, z.null()),
  /** What each source has to offer, by its key. */
  'reports.parts': call(
    report.extend({ language: z.enum(languages) }),
    z.custom<Record<string, readonly ReportPart[]>>(),
  ),
  /** As the HTML would be exported. */
  'reports.preview': call(report.extend({ language: z.enum(languages) }), z.string()),
  'reports.export': call(
    report.extend({ format: z.enum(reportFormatIds), language: z.enum(languages) }),
    z.custom<ReportFile>(),
  ),
  /** The file of the last export of that name was not kept after all: its dialog was cancelled. */
  'reports.withdraw': call(report.extend({ name: z.string() }), z.null()),
  'reports.duplicate': call(report.extend({ title: ReportContent.shape.title }), ReportId),
  'reports.delete': call(report, z.null()),
  /** Takes the run or the report of an uploaded `.duelist` file into the workspace. */
  'bundles.open': call(
    z.strictObject({ upload: z.string() }),
    z.custom<{ readonly run: RunId } | { readonly report: ReportId }>(),
  ),
} as const

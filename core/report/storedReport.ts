import { readSnapshot, writeReportBundle, type Snapshot } from '../bundle/reportBundle.ts'
import type { Language } from '../languages.ts'
import type { ReportFile } from '../contract/reports.ts'
import { archiveMime, fileName, renderWork } from './index.ts'
import type { ReportContent, ReportSource } from './reportContent.ts'
import type { ReportFormatId, ReportMake, SourceData } from './reportInput.ts'
import { partsOf, type ReportPart } from './reportParts.ts'
import { sourceDocument } from './sourceDocument.ts'
import { newReport, type TemplateId } from './templates.ts'

type Snapshots = Readonly<Record<string, Snapshot>>

/** A report of a workspace as a file, from the snapshots that it holds. */
export interface StoredReportJob extends ReportMake {
  readonly content: ReportContent
  readonly snapshots: Snapshots
  readonly format: ReportFormatId
}

export function renderStored({ snapshots, ...job }: StoredReportJob): ReportFile {
  const { content, language, format } = job
  const several = content.languages.length > 1
  const base = several ? `${fileName(content.title)}-${language}` : fileName(content.title)
  if (format === 'duelist') {
    const bytes = writeReportBundle({ content, snapshots }, job)
    return { name: `${fileName(content.title)}.duelist`, mime: archiveMime, text: '', bytes }
  }
  const wanted = new Set(content.sources.map(({ key }) => key))
  const used = Object.entries(snapshots).filter(([key]) => wanted.has(key))
  const sources = Object.fromEntries(used.map(([key, one]) => [key, readSnapshot(one)]))
  return renderWork({ ...job, format, sources }, base)
}

/** What each source has to offer, by its key. */
export function storedParts(
  job: ReportMake & { readonly snapshots: Snapshots },
): Record<string, readonly ReportPart[]> {
  const parts = Object.entries(job.snapshots).map(([key, snapshot]) => [
    key,
    partsOf(sourceDocument(readSnapshot(snapshot), job)),
  ])
  return Object.fromEntries(parts)
}

export interface DraftJob extends ReportMake {
  readonly template: TemplateId
  readonly sources: readonly { readonly source: ReportSource; readonly snapshot: Snapshot }[]
  readonly title: string | null // null: as its first source
  readonly language: Language
}

/** The first content of a report, as a template has it. */
export function draftReport(job: DraftJob): ReportContent {
  const quoted = job.sources.map(({ source, snapshot }) => {
    const data: SourceData = readSnapshot(snapshot)
    return { source, document: sourceDocument(data, job) }
  })
  const title = job.title ?? quoted[0]?.document.title ?? 'Report'
  return newReport(job.template, quoted, { title: title.slice(0, 200), languages: [job.language] })
}

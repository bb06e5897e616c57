import type { Language } from '../languages.ts'
import type { ReportFile } from '../contract/reports.ts'
import type { StudyDetail, studyFormatIds } from '../contract/studies.ts'
import { csvDocument } from './csv.ts'
import type { ReportDocument } from './document.ts'
import { htmlReport } from './html.ts'
import { logDocument } from './logDocument.ts'
import { markdownReport } from './markdown.ts'
import { replayDocument } from './replayDocument.ts'

/**
 * The report of a finished study as a file.
 * @returns null for a kind without a printed form, or a study without a report
 */
export function renderStudyReport(
  study: StudyDetail,
  made: {
    readonly format: (typeof studyFormatIds)[number]
    readonly language: Language
    readonly appVersion: string
  },
): ReportFile | null {
  const { format } = made
  const document = studyDocument(study, made)
  if (!document) return null
  const name = `${study.kind}-${study.id}.${format}`
  switch (format) {
    case 'html':
      return { name, mime: 'text/html;charset=utf-8', text: htmlReport(document) }
    case 'md':
      return { name, mime: 'text/markdown;charset=utf-8', text: markdownReport(document) }
    case 'csv':
      return { name, mime: 'text/csv;charset=utf-8', text: csvDocument(document) }
    case 'json': {
      const { kind, seed, commandLine, digest, report } = study
      const content = { schema: 'duelist-study', kind, seed, commandLine, digest, report }
      return { name, mime: 'application/json', text: `${JSON.stringify(content, null, 1)}\n` }
    }
  }
}

/** What a finished study says; null where there is no printed form. */
export function studyDocument(
  study: StudyDetail,
  made: { readonly language: Language; readonly appVersion: string },
): ReportDocument | null {
  if (study.kind === 'logAnalysis' && study.report) {
    return logDocument(study.report, { ...made, dataset: study.spec.dataset })
  }
  if (study.kind === 'replay' && study.report) {
    return replayDocument(study.report, { ...made, dataset: study.spec.dataset })
  }
  return null
}

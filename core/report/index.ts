import type { ReportFile } from '../contract.ts'
import { buildDocument } from './buildDocument.ts'
import { csvReport } from './csv.ts'
import type { ReportDocument } from './document.ts'
import { htmlReport } from './html.ts'
import { jsonReport } from './json.ts'
import { markdownReport } from './markdown.ts'
import type { ReportFormatId, ReportInput } from './reportInput.ts'

interface ReportFormat {
  readonly mime: string
  readonly render: (report: ReportDocument, input: ReportInput) => string
}

/** Formats by file extension; a new one is one file and one line here. */
export const reportFormats: Readonly<Record<ReportFormatId, ReportFormat>> = {
  html: { mime: 'text/html;charset=utf-8', render: htmlReport },
  md: { mime: 'text/markdown;charset=utf-8', render: markdownReport },
  csv: { mime: 'text/csv;charset=utf-8', render: csvReport },
  json: { mime: 'application/json', render: jsonReport },
}

/** A run as a report. The same input gives the same bytes: there is no clock in it. */
export function renderReport(input: ReportInput): ReportFile {
  const { mime, render } = reportFormats[input.format]
  return {
    name: `${fileName(input.run.name)}-run-${input.run.id}.${input.format}`,
    mime,
    text: render(buildDocument(input), input),
  }
}

/** A name that every file system takes: letters and digits of any script, the rest as hyphens. */
function fileName(name: string): string {
  const kept = name.normalize('NFC').replace(/[^\p{L}\p{N}]+/gu, '-')
  return (
    kept
      .slice(0, 60)
      .replace(/^-+|-+$/g, '')
      .toLowerCase() || 'report'
  )
}

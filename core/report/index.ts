import { writeBundle } from '../bundle/bundle.ts'
import type { ReportFile } from '../contract.ts'
import { buildDocument } from './buildDocument.ts'
import { csvReport } from './csv.ts'
import type { ReportDocument } from './document.ts'
import { htmlReport } from './html.ts'
import { jsonReport } from './json.ts'
import { markdownReport } from './markdown.ts'
import { xlsxReport } from './xlsx.ts'
import type { ReportFormatId, ReportInput } from './reportInput.ts'

interface ReportFormat {
  readonly mime: string
  readonly render: (report: ReportDocument, input: ReportInput) => string | Uint8Array
}

/** Formats by file extension; a new one is one file and one line here. */
export const reportFormats: Readonly<Record<ReportFormatId, ReportFormat>> = {
  html: { mime: 'text/html;charset=utf-8', render: htmlReport },
  // what a printer turns into the PDF
  pdf: { mime: 'application/pdf', render: htmlReport },
  md: { mime: 'text/markdown;charset=utf-8', render: markdownReport },
  csv: { mime: 'text/csv;charset=utf-8', render: csvReport },
  xlsx: {
    mime: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    render: xlsxReport,
  },
  json: { mime: 'application/json', render: jsonReport },
  duelist: { mime: 'application/zip', render: (_, input) => writeBundle(input) },
}

/** A run as a report. The same input gives the same bytes: there is no clock in it. */
export function renderReport(input: ReportInput): ReportFile {
  const { mime, render } = reportFormats[input.format]
  const content = render(buildDocument(input), input)
  return {
    name: `${fileName(input.run.name)}-run-${input.run.id}.${input.format}`,
    mime,
    ...(typeof content === 'string' ? { text: content } : { text: '', bytes: content }),
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

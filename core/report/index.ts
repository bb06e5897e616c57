import { writeBundle } from '../bundle/bundle.ts'
import type { ReportFile } from '../contract/reports.ts'
import { composeDocument } from './composeDocument.ts'
import { csvReport } from './csv.ts'
import type { Figure, PrintedDocument } from './document.ts'
import { htmlReport } from './html.ts'
import { jsonReport } from './json.ts'
import { markdownReport } from './markdown.ts'
import { RpcError } from '../rpc/rpcError.ts'
import type { ReportBlock, ReportContent } from './reportContent.ts'
import type { ReportFormatId, ReportInput, ReportWork } from './reportInput.ts'
import { figuresIn } from './reportParts.ts'
import { sourceDocument } from './sourceDocument.ts'
import { newReport } from './templates.ts'
import { xlsxReport } from './xlsx.ts'

/** All formats but the archive, which holds what a report is made from. */
type WrittenFormatId = Exclude<ReportFormatId, 'duelist'>

interface ReportFormat {
  readonly mime: string
  readonly render: (
    report: PrintedDocument,
    work: ReportWork,
    base: string, // of the names of files beside it
  ) => Pick<ReportFile, 'text' | 'bytes' | 'beside'>
}

const page: ReportFormat['render'] = (report) => ({ text: htmlReport(report) })

/** Formats by file extension; a new one is one file and one line here. */
const reportFormats: Readonly<Record<WrittenFormatId, ReportFormat>> = {
  html: { mime: 'text/html;charset=utf-8', render: page },
  // what a printer turns into the PDF
  pdf: { mime: 'application/pdf', render: page },
  md: { mime: 'text/markdown;charset=utf-8', render: markdownFiles },
  csv: {
    mime: 'text/csv;charset=utf-8',
    render: (report, work) => ({ text: csvReport(report, work) }),
  },
  xlsx: {
    mime: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    render: (report, work) => ({ text: '', bytes: xlsxReport(report, work) }),
  },
  json: {
    mime: 'application/json',
    render: (report, work) => ({ text: jsonReport(report, work) }),
  },
}

/** Of a `.duelist` file. */
export const archiveMime = 'application/zip'

/** A report as a file. The same work gives the same bytes: there is no clock in it. */
export function renderWork(
  work: ReportWork & { readonly format: WrittenFormatId },
  base: string,
): ReportFile {
  const { mime, render } = reportFormats[work.format]
  return { name: `${base}.${work.format}`, mime, ...render(composeDocument(work), work, base) }
}

/**
 * A run as a report: the standard layout, or the run itself as a bundle.
 * @throws RpcError `BAD_INPUT` for a part that the run does not have
 */
export function renderReport(input: ReportInput): ReportFile {
  const { run, points, updates, segments = null, language, appVersion, format } = input
  const base = `${fileName(run.name)}-run-${run.id}`
  if (format === 'duelist') {
    return { name: `${base}.duelist`, mime: archiveMime, text: '', bytes: writeBundle(input) }
  }
  const source = { key: 's1', kind: 'run', id: run.id } as const
  const data = { kind: 'run', run, points, updates, segments } as const
  const document = sourceDocument(data, input)
  const made = { title: run.name.slice(0, 200), languages: [language] }
  const whole = newReport('standard', [{ source, document }], made)
  const content = input.parts ? chosenParts(whole, input.parts) : whole
  return renderWork({ content, sources: { s1: data }, language, appVersion, format }, base)
}

/** The blocks of these parts, in the order in which they are named; `verdict` names the verdict. */
function chosenParts(content: ReportContent, parts: readonly string[]): ReportContent {
  const nameOf = (block: ReportBlock) => ('part' in block ? block.part : block.kind)
  const blocks = parts.map((part) => {
    const block = content.blocks.find((one) => nameOf(one) === part)
    if (block) return block
    const known = content.blocks.map(nameOf).join(', ')
    throw new RpcError('BAD_INPUT', `this run has no part "${part}"; write some of ${known}`)
  })
  return { ...content, blocks: blocks.map((block, i) => ({ ...block, id: `b${i + 1}` })) }
}

/** A name that every file system takes: letters and digits of any script, the rest as hyphens. */
export function fileName(name: string): string {
  const kept = name.normalize('NFC').replace(/[^\p{L}\p{N}]+/gu, '-')
  return (
    kept
      .slice(0, 60)
      .replace(/^-+|-+$/g, '')
      .toLowerCase() || 'report'
  )
}

function markdownFiles(report: PrintedDocument, _: ReportWork, base: string) {
  const nameOf = ({ id }: Figure) => `${base}-${id}.svg`
  const beside = figuresIn(report).map((figure) => ({ name: nameOf(figure), text: figure.svg }))
  return { text: markdownReport(report, nameOf), beside }
}

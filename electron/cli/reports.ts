import { dirname, join, resolve } from 'node:path'
import { assertNever } from '#core/assertNever'
import type { ReportFile, ReportRow } from '#core/contract/reports'
import { writeFileAtomically } from '../writeFileAtomically.ts'
import { ndjson } from './ndjson.ts'
import type { Api } from './session.ts'
import type { Terminal } from './terminal.ts'
import { textTable } from './textTable.ts'
import type { ReportsCommand } from './verbs/reports.ts'

/**
 * Lists the reports of the workspace, writes one as a file or deletes it. A report in two languages
 * becomes two files, the language before the extension.
 * @returns the exit code
 */
export async function reports(
  api: Api,
  asked: ReportsCommand,
  terminal: Terminal,
): Promise<number> {
  switch (asked.action) {
    case 'list': {
      const rows = await api.call('reports.list', {})
      terminal.out(asked.json ? ndjson(rows) : describeReports(rows))
      return 0
    }
    case 'export': {
      const { report, format, out } = asked
      const { languages } = await api.call('reports.get', { report })
      const wanted = asked.language === null ? languages : [asked.language]
      // an archive holds every language
      for (const language of format === 'duelist' ? wanted.slice(0, 1) : wanted) {
        const file = await api.call('reports.export', { report, format, language })
        const several = wanted.length > 1 && format !== 'duelist'
        const path = several ? out.replace(/(\.\w+)?$/, `-${language}$1`) : out
        await writeReportFile(file, path, terminal)
      }
      return 0
    }
    case 'delete':
      await api.call('reports.delete', { report: asked.report })
      terminal.err(`Deleted report ${asked.report}\n`)
      return 0
    default:
      return assertNever(asked)
  }
}

/** A report's file, and in the same folder what it shows. */
export async function writeReportFile(
  file: ReportFile,
  path: string,
  terminal: Terminal,
): Promise<void> {
  await writeFileAtomically(resolve(path), file.bytes ?? file.text)
  for (const { name, text } of file.beside ?? []) {
    await writeFileAtomically(join(dirname(resolve(path)), name), text)
  }
  const more = file.beside?.length ? ` and ${file.beside.length} charts beside it` : ''
  terminal.err(`Wrote ${path}${more}\n`)
}

function describeReports(rows: readonly ReportRow[]): string {
  if (rows.length === 0) {
    return 'There is no report yet. Write one in the console, from the results of a run.\n'
  }
  const lines = rows.map(
    ({ id, title, languages, paper, quotes, blocks, lastExport, updatedAt }) => [
      String(id),
      languages.join('+'),
      paper,
      quotes.map(({ kind, id: of, key }) => `${kind} ${of ?? key}`).join(', '),
      String(blocks),
      quotes.some(({ state }) => state === 'stale') ? 'stale' : '',
      updatedAt.slice(0, 16).replace('T', ' '),
      lastExport ? `${lastExport.format} ${lastExport.sha256.slice(0, 12)}` : '',
      title,
    ],
  )
  const head = ['report', 'language', 'paper', 'about', 'blocks', '', 'changed', 'file', 'title']
  return textTable([head, ...lines])
}

import { languages, type Language } from '#core/languages'
import { reportFormatIds } from '#core/contract/reports'
import { UsageError } from '../usageError.ts'
import { formatOf, numberOf, oneOf, type ReportFormatId } from './values.ts'
import { flag, text, workspace, type Verb, type Workspace } from './verb.ts'

export type ReportsCommand =
  | { readonly action: 'list'; readonly json: boolean }
  | {
      readonly action: 'export'
      readonly report: number
      readonly format: ReportFormatId
      readonly language: Language | null // null: those of the report
      readonly out: string
    }
  | { readonly action: 'delete'; readonly report: number }

export const reports: Verb<Workspace & { readonly verb: 'reports' } & ReportsCommand> = {
  argument: 'list, export or delete',
  arguments: 2,
  needed: 1,
  options: { ...workspace, format: text, out: text, language: text, json: flag },
  usage: `reports list|export|delete [number] [--out FILE] [--format ${reportFormatIds.join('|')}] [--language en|zh-CN] [--db FILE] [--json]`,
  about: 'the reports that were written in the console; export writes one as a file',
  parse({ first, second, db, json, text: typed }) {
    const action = oneOf('the action', first, ['list', 'export', 'delete'] as const)
    const common = { verb: 'reports', db } as const
    if (action === 'list') {
      if (second === '') return { ...common, action, json }
      throw new UsageError(`"${second}" is one argument too many; reports list takes none`)
    }
    const report = numberOf('report', second, 'reports list')
    if (action === 'delete') return { ...common, action, report }
    const out = typed('out')
    if (out === null) throw new UsageError('reports export needs --out FILE')
    const format = formatOf(typed('format'), out)
    const asked = typed('language')
    const language = asked === null ? null : oneOf('--language', asked, languages)
    return { ...common, action, report, format, language, out }
  },
}

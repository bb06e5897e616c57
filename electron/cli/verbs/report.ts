import type { Language } from '#core/languages'
import { reportFormatIds } from '#core/contract/reports'
import { UsageError } from '../usageError.ts'
import { formatOf, languageOf, runNumber, type ReportFormatId } from './values.ts'
import { text, workspace, type Verb, type Workspace } from './verb.ts'

type ReportCommand = Workspace & {
  readonly verb: 'report'
  readonly run: number
  readonly format: ReportFormatId
  readonly language: Language
  readonly out: string | null // null: standard output
  readonly parts: readonly string[] | null // null: all of the standard report
}

export const report: Verb<ReportCommand> = {
  argument: 'the number of a run',
  options: { ...workspace, format: text, out: text, language: text, blocks: text },
  usage: `report <run> --format ${reportFormatIds.join('|')} [--blocks verdict,forest,…] [--out FILE] [--language en|zh-CN] [--db FILE]`,
  about:
    'write the standard report of a run, or some blocks of it; without --out to standard output',
  parse(typed) {
    const out = typed.text('out')
    const format = formatOf(typed.text('format'), out)
    const language = languageOf(typed)
    const parts = blocksOf(typed.text('blocks'))
    const { first, db } = typed
    return { verb: 'report', db, run: runNumber(first), format, language, out, parts }
  },
}

function blocksOf(value: string | null): readonly string[] | null {
  if (value === null) return null
  const names = value.split(',').map((name) => name.trim())
  if (names.every((name) => name !== '')) return names
  throw new UsageError(
    `--blocks is "${value}"; write names with commas, like verdict,forest,health`,
  )
}

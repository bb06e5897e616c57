import type { Language } from '#core/languages'
import { eventOptions, eventTableOf, type EventTable } from './eventTable.ts'
import { languageOf, studyReportOf, type StudyReportFile } from './values.ts'
import { flag, text, workspace, type Verb, type Workspace } from './verb.ts'

type AnalyzeCommand = Workspace & {
  readonly verb: 'analyze'
  readonly source: string
  readonly events: EventTable | null
  readonly plan: string | null
  readonly report: StudyReportFile | null
  readonly language: Language
  readonly json: boolean
}

export const analyze: Verb<AnalyzeCommand> = {
  argument: 'an interleaving log, a file or a dataset of the workspace',
  options: { ...workspace, ...eventOptions, plan: text, report: text, language: text, json: flag },
  usage:
    'analyze <log> [--plan plan.json] [--events FILE --window 24h] [--report FILE] [--language en|zh-CN] [--db FILE] [--json]',
  about:
    'read a production interleaving log to a verdict; --events has its clicks and orders in a table of their own; --report writes .html, .md, .csv or .json',
  parse(typed) {
    const { first, db, json } = typed
    return {
      verb: 'analyze',
      db,
      json,
      source: first,
      report: studyReportOf(typed),
      language: languageOf(typed),
      plan: typed.text('plan'),
      events: eventTableOf(typed),
    }
  },
}

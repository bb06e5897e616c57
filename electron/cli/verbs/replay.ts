import type { Language } from '#core/languages'
import { UsageError } from '../usageError.ts'
import { learnerKinds } from './runOnCommand.ts'
import { languageOf, seedOf, studyReportOf, type StudyReportFile } from './values.ts'
import { flag, text, workspace, type Verb, type Workspace } from './verb.ts'

type ReplayCommand = Workspace & {
  readonly verb: 'replay'
  readonly source: string
  readonly policy: string
  readonly settings: string | null
  readonly seed: number
  readonly report: StudyReportFile | null
  readonly language: Language
  readonly json: boolean
}

export const replay: Verb<ReplayCommand> = {
  argument: 'a log of bandit feedback, a file or a dataset of the workspace',
  options: {
    ...workspace,
    policy: text,
    settings: text,
    seed: text,
    report: text,
    language: text,
    json: flag,
  },
  usage: `replay <log> --policy uniform|popularity|model|softmax|thompson|learner[=${learnerKinds.join('|')}]|saved=MODEL|FILE.json [--settings FILE.json] [--seed N] [--report FILE] [--language en|zh-CN] [--db FILE] [--json]`,
  about:
    'what a policy would have earned on a log: a learner is trained on the other folds of it, MODEL is a name or number of models list, a file holds a policy, or probabilities by action',
  parse(typed) {
    const { first, db, json } = typed
    const policy = typed.text('policy')
    if (policy === null) throw new UsageError(`replay needs --policy; usage: ${replay.usage}`)
    return {
      verb: 'replay',
      db,
      json,
      source: first,
      policy,
      settings: typed.text('settings'),
      seed: seedOf(typed) ?? 1,
      report: studyReportOf(typed),
      language: languageOf(typed),
    }
  },
}

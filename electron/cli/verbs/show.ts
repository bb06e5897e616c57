import { runNumber } from './values.ts'
import { flag, workspace, type Verb, type Workspace } from './verb.ts'

type ShowCommand = Workspace & {
  readonly verb: 'show'
  readonly run: number
  readonly json: boolean
}

export const show: Verb<ShowCommand> = {
  argument: 'the number of a run',
  options: { ...workspace, json: flag },
  usage: 'show <run> [--db FILE] [--json]',
  about: 'the result of one run',
  parse: ({ first, db, json }) => ({ verb: 'show', db, json, run: runNumber(first) }),
}

import { runNumber } from './values.ts'
import { flag, workspace, type Verb, type Workspace } from './verb.ts'

type ResumeCommand = Workspace & {
  readonly verb: 'resume'
  readonly run: number
  readonly json: boolean
}

export const resume: Verb<ResumeCommand> = {
  argument: 'the number of a run',
  options: { ...workspace, json: flag },
  usage: 'resume <run> [--db FILE] [--json]',
  about: 'go on from the last checkpoint',
  parse: ({ first, db, json }) => ({ verb: 'resume', db, json, run: runNumber(first) }),
}

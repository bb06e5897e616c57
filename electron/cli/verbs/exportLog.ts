import { UsageError } from '../usageError.ts'
import { runNumber } from './values.ts'
import { text, workspace, type Verb, type Workspace } from './verb.ts'

type ExportCommand = Workspace & {
  readonly verb: 'export'
  readonly run: number
  readonly log: string
}

export const exportLog: Verb<ExportCommand> = {
  argument: 'the number of a run',
  options: { ...workspace, log: text },
  usage: 'export <run> --log FILE.csv [--db FILE]',
  about: 'write the impressions of a run as an interleaving log, and the plan that reads it',
  parse({ first, db, text: typed }) {
    const log = typed('log')
    if (log === null) throw new UsageError(`export needs --log FILE; usage: ${exportLog.usage}`)
    return { verb: 'export', db, run: runNumber(first), log }
  },
}

import { flag, workspace, type Verb, type Workspace } from './verb.ts'

type ListCommand = Workspace & {
  readonly verb: 'list'
  readonly json: boolean
}

export const list: Verb<ListCommand> = {
  argument: null,
  options: { ...workspace, json: flag },
  usage: 'list [--db FILE] [--json]',
  about: 'the runs of the workspace',
  parse: ({ db, json }) => ({ verb: 'list', db, json }),
}

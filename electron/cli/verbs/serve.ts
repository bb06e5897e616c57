import { UsageError } from '../usageError.ts'
import { flag, text, workspace, type Verb, type Workspace } from './verb.ts'

type ServeCommand = Workspace & {
  readonly verb: 'serve'
  readonly port: number | null // null: a free one
  readonly open: boolean
}

export const serve: Verb<ServeCommand> = {
  argument: null,
  options: { ...workspace, port: text, open: flag },
  usage: 'serve [--port N] [--no-open] [--db FILE]',
  about: 'the console in a browser of this machine',
  parse: ({ db, text: typed, flag: isTyped }) => ({
    verb: 'serve',
    db,
    port: portOf(typed('port')),
    open: isTyped('open') !== false,
  }),
}

function portOf(value: string | null): number | null {
  if (value === null) return null
  const port = Number(value)
  if (!/^\d+$/.test(value) || port < 1 || port > 65_535) {
    throw new UsageError(`--port is "${value}"; write a number from 1 to 65535`)
  }
  return port
}

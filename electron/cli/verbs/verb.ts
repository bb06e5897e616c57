import type { ParseArgsConfig } from 'node:util'
import type { TypedWords } from './typedWords.ts'

type Options = NonNullable<ParseArgsConfig['options']>

/** A word of the command line: what may stand after it, and the command that this makes. */
export interface Verb<Command> {
  readonly argument: string | null // what the positional arguments are
  readonly arguments?: 2 // how many, when there is more than one
  readonly needed?: 1 // how many of them, when not all
  readonly options: Options
  readonly usage: string
  readonly about: string
  /** @throws UsageError that names what can not be meant, with a remedy */
  parse(typed: TypedWords): Command
}

/** Every command that works on a workspace. */
export interface Workspace {
  readonly db: string | null // null: the default workspace
}

export const text = { type: 'string' } as const
export const flag = { type: 'boolean' } as const
export const workspace = { db: text } as const

import { parseArgs } from 'node:util'
import { nearest } from '../nearest.ts'
import { UsageError } from '../usageError.ts'
import type { Verb } from './verb.ts'

/** What was typed after a verb: its arguments, '' for those that are not there, and its options. */
export interface TypedWords {
  readonly first: string
  readonly second: string
  readonly db: string | null
  readonly json: boolean
  /** Null where the option was not typed. @throws UsageError where nothing stands after it */
  readonly text: (option: string) => string | null
  /** Null where neither `--option` nor `--no-option` was typed. */
  readonly flag: (option: string) => boolean | null
}

/** @throws UsageError that names an option or an argument that the verb does not take, or lacks */
export function typedWords(
  name: string,
  verb: Verb<unknown>,
  words: readonly string[],
): TypedWords {
  const { values, positionals } = parsed([...words], verb)
  const text = (option: string) => {
    const value = values[option]
    if (value === '') throw new UsageError(`--${option} is empty; write a value after it`)
    return typeof value === 'string' ? value : null
  }
  const flag = (option: string) => {
    const value = values[option]
    return typeof value === 'boolean' ? value : null
  }
  const db = text('db')
  const [first, second] = checkedArguments(name, verb, positionals)
  return { first, second, db, json: flag('json') === true, text, flag }
}

type Values = Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>

function parsed(
  args: string[],
  { options }: Verb<unknown>,
): { readonly values: Values; readonly positionals: readonly string[] } {
  const config = { args, options, allowPositionals: true, allowNegative: true } as const
  const { tokens } = parseArgs({ ...config, strict: false, tokens: true })
  const known = Object.entries(options).flatMap(([name, { type }]) =>
    type === 'boolean' ? [`--${name}`, `--no-${name}`] : [`--${name}`],
  )
  for (const token of tokens) {
    if (token.kind !== 'option' || known.includes(token.rawName)) continue
    throw unknownWord('option', token.rawName, known)
  }
  try {
    return parseArgs({ ...config, strict: true })
  } catch (error) {
    // node names the option and what is missing, then adds a hint about escaping
    const [sentence = ''] = (error as Error).message.split('\n')
    throw new UsageError(sentence.split('. ')[0]!.replace(/\.$/, ''), { cause: error })
  }
}

function checkedArguments(
  name: string,
  { argument, usage, arguments: most, needed }: Verb<unknown>,
  given: readonly string[],
): readonly [string, string] {
  const wanted = argument === null ? 0 : (most ?? 1)
  const extra = given[wanted]
  if (extra !== undefined) {
    throw new UsageError(`"${extra}" is one argument too many; usage: ${usage}`)
  }
  const [first = '', second = ''] = given
  if ((wanted > 0 && first === '') || ((needed ?? wanted) > 1 && second === '')) {
    throw new UsageError(`${name} needs ${argument}; usage: ${usage}`)
  }
  return [first, second]
}

/** An error for a word that is none of the known ones, with the nearest of them. */
export function unknownWord(what: string, typed: string, known: readonly string[]): UsageError {
  const near = nearest(typed, known)
  const remedy = near === null ? `known are ${known.join(', ')}` : `did you mean ${near}?`
  return new UsageError(
    `unknown ${what} "${typed}"; ${known.length === 0 ? 'there are none here' : remedy}`,
  )
}

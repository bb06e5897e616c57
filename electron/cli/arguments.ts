import { typedWords, unknownWord } from './verbs/typedWords.ts'
import { verbs, type VerbName } from './verbs/index.ts'

export { verbs }

/** What was asked for, checked as far as it can be without a workspace. */
export type Command =
  | { readonly verb: 'help'; readonly of: VerbName | null }
  | { readonly verb: 'version' }
  | ReturnType<(typeof verbs)[VerbName]['parse']>

const isVerb = (word: string): word is VerbName => Object.hasOwn(verbs, word)

/** @throws UsageError that names the word and the nearest one that is known */
export function parseCommand(argv: readonly string[]): Command {
  const [first, ...rest] = argv
  if (first === undefined || first === '--help' || first === '-h' || first === 'help') {
    const [of] = rest
    if (of === undefined) return { verb: 'help', of: null }
    if (!isVerb(of)) throw unknownWord('command', of, Object.keys(verbs))
    return { verb: 'help', of }
  }
  if (first === '--version') return { verb: 'version' }
  if (!isVerb(first)) {
    throw unknownWord(first.startsWith('-') ? 'option' : 'command', first, Object.keys(verbs))
  }
  if (rest.includes('--help') || rest.includes('-h')) return { verb: 'help', of: first }
  const verb = verbs[first]
  return verb.parse(typedWords(first, verb, rest))
}

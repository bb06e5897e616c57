import { verbs, type VerbName } from './verbs/index.ts'

/** The help of one verb, or of all. */
export function help(of: VerbName | null): string {
  if (of !== null) return `duelist ${verbs[of].usage}\n\n${verbs[of].about}\n`
  const lines = Object.values(verbs).map(({ usage, about }) => `  ${usage}\n      ${about}\n`)
  return `duelist: dueling-bandit interleaving experiments with recommenders that keep learning

Usage: npm run -s duelist -- <command>

${lines.join('')}
--db FILE names the workspace; without it DUELIST_DB, else the one that the app opens.
Exit status: 0 done, 1 failed, 2 bad input, 130 interrupted.
`
}

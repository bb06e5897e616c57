import type { RunOnCommand } from './runOnCommand.ts'
import { oneOf, seedOf } from './values.ts'
import { flag, text, workspace, type Verb, type Workspace } from './verb.ts'

type RunCommand = Workspace & {
  readonly verb: 'run'
  readonly source: string
  readonly seed: number | null
  readonly json: boolean
}

export const run: Verb<RunCommand | RunOnCommand> = {
  argument: 'a spec file, the id of a sample, or explore or duel with --on DATASET',
  options: { ...workspace, seed: text, on: text, json: flag },
  usage: 'run <spec.json|sample> | run explore|duel --on DATASET [--seed N] [--db FILE] [--json]',
  about:
    'run an experiment to its verdict; --on makes it of a dataset: Q against Q̃, or DDQN against popularity; --json writes one event per line, the summary last',
  parse(typed) {
    const { first, db, json } = typed
    const dataset = typed.text('on')
    if (dataset === null) return { verb: 'run', db, json, source: first, seed: seedOf(typed) }
    const design = oneOf('what is run --on a dataset', first, ['explore', 'duel'] as const)
    return { verb: 'runOn', db, json, design, dataset, seed: seedOf(typed) }
  },
}

import { UsageError } from '../usageError.ts'
import { flag, text, workspace, type Verb, type Workspace } from './verb.ts'

type SensitivityCommand = Workspace & {
  readonly verb: 'sensitivity'
  readonly source: string
  readonly seeds: number
  readonly json: boolean
}

export const sensitivity: Verb<SensitivityCommand> = {
  argument: 'a spec file or the id of a sample',
  options: { ...workspace, seeds: text, json: flag },
  usage: 'sensitivity <spec.json|sample> [--seeds N] [--db FILE] [--json]',
  about: 'how many times fewer impressions a duel of two rankers needs than a split of them',
  parse: ({ first, db, json, text: typed }) => ({
    verb: 'sensitivity',
    db,
    json,
    source: first,
    seeds: seedsOf(typed('seeds') ?? '5'),
  }),
}

function seedsOf(value: string): number {
  const seeds = Number(value)
  if (!/^\d+$/.test(value) || seeds < 1 || seeds > 1000) {
    throw new UsageError(`--seeds is "${value}"; write how many seeds to run, 1 to 1000`)
  }
  return seeds
}

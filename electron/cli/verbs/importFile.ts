import type { ImportPlan } from '#core/dataset/importPlan'
import { datasetKindIds, type DatasetKindId } from '#core/dataset/kinds/index'
import { UsageError } from '../usageError.ts'
import { eventOptions, eventTableOf, type EventTable } from './eventTable.ts'
import { nameOf, oneOf } from './values.ts'
import { flag, text, workspace, type Verb, type Workspace } from './verb.ts'

export interface ImportCommand extends Workspace {
  readonly verb: 'import'
  readonly file: string
  readonly name: string
  readonly kind: DatasetKindId | null // null: as the file's head says
  readonly map: ImportPlan['columns']
  readonly maxBad: number | null // null: as the kind has it
  readonly rejects: string | null
  readonly events: EventTable | null
  readonly json: boolean
}

export const importFile: Verb<ImportCommand> = {
  argument: 'a file of ratings or a log',
  options: {
    ...workspace,
    as: text,
    kind: text,
    map: text,
    'max-bad': text,
    rejects: text,
    ...eventOptions,
    json: flag,
  },
  usage: `import <file> --as NAME [--kind ${datasetKindIds.join('|')}] [--map column=field,…] [--max-bad 1%] [--rejects FILE] [--events FILE --window 24h] [--db FILE] [--json]`,
  about:
    'bring in ratings or a log (CSV, TSV, JSON lines, Parquet, gzip, zstd; MovieLens, MIND, Open Bandit, LETOR); --rejects keeps the rows that are left out; --events joins a table of clicks and orders to an interleaving log',
  parse(typed) {
    const { first, db, json } = typed
    const name = nameOf('--as', typed.text('as') ?? '')
    if (name === '')
      throw new UsageError('import needs --as NAME, the name that experiments will use')
    const kind = typed.text('kind')
    return {
      verb: 'import',
      db,
      json,
      file: first,
      name,
      kind: kind === null ? null : oneOf('--kind', kind, datasetKindIds),
      map: mapOf(typed.text('map')),
      maxBad: maxBadOf(typed.text('max-bad')),
      rejects: typed.text('rejects'),
      events: eventTableOf(typed),
    }
  },
}

/** `Nutzer=user,Zeit=time`; a column's name may hold `=`, a field's none. */
function mapOf(value: string | null): ImportPlan['columns'] {
  if (value === null) return []
  return value.split(',').map((pair) => {
    const at = pair.lastIndexOf('=')
    const [column, field] = [pair.slice(0, at).trim(), pair.slice(at + 1).trim()]
    if (at > 0 && column !== '' && field !== '') return { column, field }
    throw new UsageError(`--map has "${pair}"; write column=field, such as user_id=user`)
  })
}

function maxBadOf(value: string | null): number | null {
  if (value === null) return null
  const [, digits = '', percent] = /^(\d+(?:\.\d+)?)\s*(%?)$/.exec(value.trim()) ?? []
  const share = digits === '' ? NaN : Number(digits) / (percent === '%' ? 100 : 1)
  if (share >= 0 && share <= 1) return share
  throw new UsageError(`--max-bad is "${value}"; write a share such as 1% or 0.01`)
}

import { parseArgs, type ParseArgsConfig } from 'node:util'
import { AgentSpec, type AgentKind } from '#core/agent/params'
import { languages, reportFormatIds, type Language } from '#core/contract'
import type { ImportPlan } from '#core/dataset/importPlan'
import { datasetKindIds, type DatasetKindId } from '#core/dataset/kinds/index'
import type { DatasetDesign } from '#core/samples/datasetExperiment'
import { studyKinds, type StudyKind } from '#core/study/index'
import { nearest } from './nearest.ts'
import { UsageError } from './usageError.ts'

type ReportFormatId = (typeof reportFormatIds)[number]

/** What was asked for, checked as far as it can be without a workspace. */
export type Command =
  | { readonly verb: 'help'; readonly of: Verb | null }
  | { readonly verb: 'version' }
  | (Workspace & {
      readonly verb: 'run'
      readonly source: string
      readonly seed: number | null
      readonly json: boolean
    })
  | (Workspace & {
      readonly verb: 'runOn'
      readonly design: DatasetDesign
      readonly dataset: string
      readonly learner?: AgentKind // of design train
      readonly seed: number | null
      readonly json: boolean
    })
  | (Workspace & { readonly verb: 'resume'; readonly run: number; readonly json: boolean })
  | (Workspace & {
      readonly verb: 'calibrate'
      readonly source: string
      readonly seed: number | null
      readonly repetitions: number
      readonly effect: number
      readonly json: boolean
    })
  | (Workspace & {
      readonly verb: 'study'
      readonly kind: StudyKind
      readonly source: string
      readonly seed: number | null
      readonly json: boolean
    })
  | (Workspace & {
      readonly verb: 'analyze'
      readonly source: string
      readonly events: EventTable | null
      readonly plan: string | null
      readonly report: string | null
      readonly language: Language
      readonly json: boolean
    })
  | (Workspace & {
      readonly verb: 'replay'
      readonly source: string
      readonly policy: string
      readonly settings: string | null
      readonly seed: number
      readonly report: string | null
      readonly language: Language
      readonly json: boolean
    })
  | (Workspace & { readonly verb: 'export'; readonly run: number; readonly log: string })
  | (Workspace & { readonly verb: 'models' } & ModelsCommand)
  | (Workspace & { readonly verb: 'list'; readonly json: boolean })
  | (Workspace & { readonly verb: 'show'; readonly run: number; readonly json: boolean })
  | (Workspace & {
      readonly verb: 'report'
      readonly run: number
      readonly format: ReportFormatId
      readonly language: Language
      readonly out: string | null // null: standard output
      readonly parts: readonly string[] | null // null: all of the standard report
    })
  | (Workspace & { readonly verb: 'reports' } & ReportsCommand)
  | (Workspace & {
      readonly verb: 'import'
      readonly file: string
      readonly name: string
      readonly kind: DatasetKindId | null // null: as the file's head says
      readonly map: ImportPlan['columns']
      readonly maxBad: number | null // null: as the kind has it
      readonly rejects: string | null
      readonly events: EventTable | null
      readonly json: boolean
    })
  | (Workspace & {
      readonly verb: 'sensitivity'
      readonly source: string
      readonly seeds: number
      readonly json: boolean
    })
  | { readonly verb: 'sample' }
  | { readonly verb: 'spec' }
  | (Workspace & { readonly verb: 'serve'; readonly port: number | null; readonly open: boolean })
  | (Workspace & { readonly verb: 'doctor' })

export type ModelsCommand =
  | { readonly action: 'list'; readonly json: boolean }
  | { readonly action: 'export'; readonly model: number; readonly out: string }
  | { readonly action: 'delete'; readonly model: number }
  | { readonly action: 'rename'; readonly model: number; readonly name: string }
  | {
      readonly action: 'save'
      readonly run: number
      readonly side: number
      readonly name: string | null
    }
  | { readonly action: 'import'; readonly file: string }

export type ReportsCommand =
  | { readonly action: 'list'; readonly json: boolean }
  | {
      readonly action: 'export'
      readonly report: number
      readonly format: ReportFormatId
      readonly language: Language | null // null: those of the report
      readonly out: string
    }
  | { readonly action: 'delete'; readonly report: number }

/** Clicks of a log in a file of their own, and the seconds after its list in which one counts. */
export interface EventTable {
  readonly file: string
  readonly window: number | null // null: any time
}

interface Workspace {
  readonly db: string | null // null: the default workspace
}

type Options = NonNullable<ParseArgsConfig['options']>
interface VerbUsage {
  readonly argument: string | null // what the positional arguments are
  readonly arguments?: 2 // how many, when there is more than one
  readonly needed?: 1 // how many of them, when not all
  readonly options: Options
  readonly usage: string
  readonly about: string
}

const learnerKinds = AgentSpec.options.map(({ shape }) => shape.kind.value)

const text = { type: 'string' } as const
const flag = { type: 'boolean' } as const
const workspace = { db: text } as const

const eventOptions = { events: text, window: text } as const

/** The verbs, in the order in which the help lists them. */
export const verbs = {
  run: {
    argument: 'a spec file, the id of a sample, or explore or duel with --on DATASET',
    options: { ...workspace, seed: text, on: text, json: flag },
    usage: 'run <spec.json|sample> | run explore|duel --on DATASET [--seed N] [--db FILE] [--json]',
    about:
      'run an experiment to its verdict; --on makes it of a dataset: Q against Q̃, or DDQN against popularity; --json writes one event per line, the summary last',
  },
  resume: {
    argument: 'the number of a run',
    options: { ...workspace, json: flag },
    usage: 'resume <run> [--db FILE] [--json]',
    about: 'go on from the last checkpoint',
  },
  list: {
    argument: null,
    options: { ...workspace, json: flag },
    usage: 'list [--db FILE] [--json]',
    about: 'the runs of the workspace',
  },
  show: {
    argument: 'the number of a run',
    options: { ...workspace, json: flag },
    usage: 'show <run> [--db FILE] [--json]',
    about: 'the result of one run',
  },
  report: {
    argument: 'the number of a run',
    options: { ...workspace, format: text, out: text, language: text, blocks: text },
    usage: `report <run> --format ${reportFormatIds.join('|')} [--blocks verdict,forest,…] [--out FILE] [--language en|zh-CN] [--db FILE]`,
    about:
      'write the standard report of a run, or some blocks of it; without --out to standard output',
  },
  reports: {
    argument: 'list, export or delete',
    options: { ...workspace, format: text, out: text, language: text, json: flag },
    usage: `reports list|export|delete [number] [--out FILE] [--format ${reportFormatIds.join('|')}] [--language en|zh-CN] [--db FILE] [--json]`,
    about: 'the reports that were written in the console; export writes one as a file',
    arguments: 2,
    needed: 1,
  },
  calibrate: {
    argument: 'a spec file, the id of a sample or the number of a study to go on with',
    options: { ...workspace, seed: text, repetitions: text, effect: text, json: flag },
    usage:
      'calibrate <spec.json|sample|number> [--repetitions N] [--effect D] [--seed N] [--db FILE] [--json]',
    about:
      'repeat a design as A/A and as A/B with preference D: false positives, power, stopping times',
  },
  study: {
    argument: 'a kind and a spec file, or the number of a study to go on with',
    options: { ...workspace, seed: text, json: flag },
    usage: 'study <kind> <spec.json|number> [--seed N] [--db FILE] [--json]',
    about: `carry out a study of one of the kinds ${studyKinds.join(', ')}`,
    arguments: 2,
  },
  train: {
    argument: 'a spec file, the number of a training to go on with, or a learner with --on DATASET',
    options: { ...workspace, seed: text, on: text, json: flag },
    usage: `train <spec.json|number> | train ${learnerKinds.join('|')} --on DATASET [--seed N] [--db FILE] [--json]`,
    about:
      'train TPGR, Wolpertinger or FCPO to a saved model, the same as study training; --on trains a learner offline on most of a dataset, shows its clicks on the rest, and saves its network',
  },
  analyze: {
    argument: 'an interleaving log, a file or a dataset of the workspace',
    options: {
      ...workspace,
      ...eventOptions,
      plan: text,
      report: text,
      language: text,
      json: flag,
    },
    usage:
      'analyze <log> [--plan plan.json] [--events FILE --window 24h] [--report FILE] [--language en|zh-CN] [--db FILE] [--json]',
    about:
      'read a production interleaving log to a verdict; --events has its clicks and orders in a table of their own; --report writes .html, .md, .csv or .json',
  },
  replay: {
    argument: 'a log of bandit feedback, a file or a dataset of the workspace',
    options: {
      ...workspace,
      policy: text,
      settings: text,
      seed: text,
      report: text,
      language: text,
      json: flag,
    },
    usage: `replay <log> --policy uniform|popularity|model|softmax|thompson|learner[=${learnerKinds.join('|')}]|saved=MODEL|FILE.json [--settings FILE.json] [--seed N] [--report FILE] [--language en|zh-CN] [--db FILE] [--json]`,
    about:
      'what a policy would have earned on a log: a learner is trained on the other folds of it, MODEL is a name or number of models list, a file holds a policy, or probabilities by action',
  },
  export: {
    argument: 'the number of a run',
    options: { ...workspace, log: text },
    usage: 'export <run> --log FILE.csv [--db FILE]',
    about: 'write the impressions of a run as an interleaving log, and the plan that reads it',
  },
  models: {
    argument: 'list, save, export, import, rename or delete',
    options: { ...workspace, out: text, side: text, name: text, json: flag },
    usage:
      'models list | save <run> [--side N] [--name NAME] | export <number> --out FILE | import <file> | rename <number> --name NAME | delete <number> [--db FILE] [--json]',
    about:
      'saved models: what trainings have left, and networks of runs; export and import are safetensors files',
    arguments: 2,
    needed: 1,
  },
  import: {
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
  },
  sensitivity: {
    argument: 'a spec file or the id of a sample',
    options: { ...workspace, seeds: text, json: flag },
    usage: 'sensitivity <spec.json|sample> [--seeds N] [--db FILE] [--json]',
    about: 'how many times fewer impressions a duel of two rankers needs than a split of them',
  },
  sample: {
    argument: null,
    options: { list: flag },
    usage: 'sample --list',
    about: 'the experiments that come with the program',
  },
  spec: {
    argument: null,
    options: { schema: flag },
    usage: 'spec --schema',
    about: 'the JSON Schema of a spec file',
  },
  serve: {
    argument: null,
    options: { ...workspace, port: text, open: flag },
    usage: 'serve [--port N] [--no-open] [--db FILE]',
    about: 'the console in a browser of this machine',
  },
  doctor: {
    argument: null,
    options: workspace,
    usage: 'doctor [--db FILE]',
    about: 'versions, compute backend and why, Electron, database',
  },
} as const satisfies Record<string, VerbUsage>
export type Verb = keyof typeof verbs

const isVerb = (word: string): word is Verb => Object.hasOwn(verbs, word)

/** @throws UsageError that names the word and the nearest one that is known */
export function parseCommand(argv: readonly string[]): Command {
  const [first, ...rest] = argv
  if (first === undefined || first === '--help' || first === '-h' || first === 'help') {
    const [of] = rest
    return { verb: 'help', of: of !== undefined && isVerb(of) ? of : null }
  }
  if (first === '--version') return { verb: 'version' }
  if (!isVerb(first))
    throw unknown(first.startsWith('-') ? 'option' : 'command', first, Object.keys(verbs))
  if (rest.includes('--help') || rest.includes('-h')) return { verb: 'help', of: first }
  const usage: VerbUsage = verbs[first]
  const { values, positionals } = parsed(rest, usage)
  const db = string(values, 'db')
  const json = values['json'] === true
  const [argument, second] = checkedArguments(first, usage, positionals)
  switch (first) {
    case 'run': {
      const dataset = string(values, 'on')
      if (dataset !== null) {
        const design = oneOf('what is run --on a dataset', argument, ['explore', 'duel'] as const)
        const seed = seedOf(string(values, 'seed'))
        return { verb: 'runOn', db, json, design, dataset, seed }
      }
      return {
        verb: first,
        db,
        json,
        source: argument,
        seed: seedOf(string(values, 'seed')),
      }
    }
    case 'calibrate':
      return {
        verb: first,
        db,
        json,
        source: argument,
        seed: seedOf(string(values, 'seed')),
        repetitions: repetitionsOf(string(values, 'repetitions') ?? '1000'),
        effect: effectOf(string(values, 'effect') ?? '0.05'),
      }
    case 'study': {
      const kind = oneOf('the kind', argument, studyKinds)
      return { verb: first, db, json, kind, source: second, seed: seedOf(string(values, 'seed')) }
    }
    case 'train': {
      const seed = seedOf(string(values, 'seed'))
      const dataset = string(values, 'on')
      if (dataset !== null) {
        const learner = oneOf('what is trained --on a dataset', argument, learnerKinds)
        return { verb: 'runOn', db, json, design: 'train', learner, dataset, seed }
      }
      return { verb: 'study', db, json, kind: 'training', source: argument, seed }
    }
    case 'analyze':
    case 'replay': {
      const report = string(values, 'report')
      const language = oneOf('--language', string(values, 'language') ?? 'en', languages)
      const common = { db, json, source: argument, report, language }
      if (first === 'analyze') {
        return { verb: first, ...common, plan: string(values, 'plan'), events: eventsOf(values) }
      }
      const policy = string(values, 'policy')
      if (policy === null) throw new UsageError(`replay needs --policy; usage: ${usage.usage}`)
      const seed = seedOf(string(values, 'seed')) ?? 1
      return { verb: first, ...common, policy, settings: string(values, 'settings'), seed }
    }
    case 'export': {
      const log = string(values, 'log')
      if (log === null) throw new UsageError(`export needs --log FILE; usage: ${usage.usage}`)
      return { verb: first, db, run: runNumber(argument), log }
    }
    case 'models':
      return {
        verb: first,
        db,
        ...modelsOf(argument, second, {
          out: string(values, 'out'),
          side: string(values, 'side'),
          name: string(values, 'name'),
          json,
        }),
      }
    case 'resume':
    case 'show':
      return { verb: first, db, json, run: runNumber(argument) }
    case 'list':
      return { verb: first, db, json }
    case 'report': {
      const out = string(values, 'out')
      const format = formatOf(string(values, 'format'), out)
      const language = oneOf('--language', string(values, 'language') ?? 'en', languages)
      const parts = blocksOf(string(values, 'blocks'))
      return { verb: first, db, run: runNumber(argument), format, language, out, parts }
    }
    case 'reports': {
      const wanted = oneOf('the action', argument, ['list', 'export', 'delete'] as const)
      if (wanted === 'list') {
        if (second === '') return { verb: first, db, action: wanted, json }
        throw new UsageError(`"${second}" is one argument too many; reports list takes none`)
      }
      const report = numberOf('report', second, 'reports list')
      if (wanted === 'delete') return { verb: first, db, action: wanted, report }
      const out = string(values, 'out')
      if (out === null) throw new UsageError('reports export needs --out FILE')
      const format = formatOf(string(values, 'format'), out)
      const asked = string(values, 'language')
      const language = asked === null ? null : oneOf('--language', asked, languages)
      return { verb: first, db, action: wanted, report, format, language, out }
    }
    case 'import': {
      const name = string(values, 'as')?.trim()
      if (!name) throw new UsageError('import needs --as NAME, the name that experiments will use')
      const kind = string(values, 'kind')
      return {
        verb: first,
        db,
        json,
        file: argument,
        name,
        kind: kind === null ? null : oneOf('--kind', kind, datasetKindIds),
        map: mapOf(string(values, 'map')),
        maxBad: maxBadOf(string(values, 'max-bad')),
        rejects: string(values, 'rejects'),
        events: eventsOf(values),
      }
    }
    case 'sensitivity':
      return {
        verb: first,
        db,
        json,
        source: argument,
        seeds: seedsOf(string(values, 'seeds')),
      }
    case 'sample':
      required(first, 'list', values)
      return { verb: first }
    case 'spec':
      required(first, 'schema', values)
      return { verb: first }
    case 'serve':
      return {
        verb: first,
        db,
        port: portOf(string(values, 'port')),
        open: values['open'] !== false,
      }
    case 'doctor':
      return { verb: first, db }
  }
}

type Values = Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>

function parsed(args: string[], { options }: VerbUsage): { values: Values; positionals: string[] } {
  const config = { args, options, allowPositionals: true, allowNegative: true } as const
  const { tokens } = parseArgs({ ...config, strict: false, tokens: true })
  const known = Object.entries(options).flatMap(([name, { type }]) =>
    type === 'boolean' ? [`--${name}`, `--no-${name}`] : [`--${name}`],
  )
  for (const token of tokens) {
    if (token.kind !== 'option' || known.includes(token.rawName)) continue
    throw unknown('option', token.rawName, known)
  }
  try {
    return parseArgs({ ...config, strict: true })
  } catch (error) {
    // node names the option and what is missing, then adds a hint about escaping
    const [sentence = ''] = (error as Error).message.split('\n')
    throw new UsageError(sentence.split('. ')[0]!.replace(/\.$/, ''), { cause: error })
  }
}

function unknown(what: string, typed: string, known: readonly string[]): UsageError {
  const near = nearest(typed, known)
  const remedy = near === null ? `known are ${known.join(', ')}` : `did you mean ${near}?`
  return new UsageError(
    `unknown ${what} "${typed}"; ${known.length === 0 ? 'there are none here' : remedy}`,
  )
}

/** The positional arguments, '' for those that the verb does not take. */
function checkedArguments(
  verb: Verb,
  { argument, usage, arguments: most, needed }: VerbUsage,
  given: readonly string[],
): readonly [string, string] {
  const wanted = argument === null ? 0 : (most ?? 1)
  const extra = given[wanted]
  if (extra !== undefined)
    throw new UsageError(`"${extra}" is one argument too many; usage: ${usage}`)
  const [first = '', second = ''] = given
  if ((wanted > 0 && first === '') || ((needed ?? wanted) > 1 && second === '')) {
    throw new UsageError(`${verb} needs ${argument}; usage: ${usage}`)
  }
  return [first, second]
}

function string(values: Values, name: string): string | null {
  const value = values[name]
  if (value === '') throw new UsageError(`--${name} is empty; write a value after it`)
  return typeof value === 'string' ? value : null
}

function required(verb: Verb, option: string, values: Values): void {
  if (values[option] !== true) throw new UsageError(`${verb} needs --${option}`)
}

function seedOf(value: string | null): number | null {
  if (value === null) return null
  const seed = Number(value)
  if (!/^\d+$/.test(value) || !Number.isSafeInteger(seed)) {
    throw new UsageError(
      `--seed is "${value}"; write an integer from 0 to ${Number.MAX_SAFE_INTEGER}`,
    )
  }
  return seed
}

function seedsOf(value: string | null): number {
  if (value === null) return 5
  const seeds = Number(value)
  if (!/^\d+$/.test(value) || seeds < 1 || seeds > 1000) {
    throw new UsageError(`--seeds is "${value}"; write how many seeds to run, 1 to 1000`)
  }
  return seeds
}

function repetitionsOf(value: string): number {
  const repetitions = Number(value)
  if (!/^\d+$/.test(value) || repetitions < 1 || repetitions > 100_000) {
    throw new UsageError(`--repetitions is "${value}"; write an integer from 1 to 100000`)
  }
  return repetitions
}

function effectOf(value: string): number {
  const effect = Number(value)
  if (value.trim() === '' || !(Math.abs(effect) <= 0.5)) {
    throw new UsageError(`--effect is "${value}"; write a preference Δ from -0.5 to 0.5, like 0.05`)
  }
  return effect
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

function eventsOf(values: Values): EventTable | null {
  const file = string(values, 'events')
  const window = string(values, 'window')
  if (file !== null) return { file, window: window === null ? null : secondsOf(window) }
  if (window === null) return null
  throw new UsageError('--window is of a table of events; name it with --events FILE')
}

const unitSeconds = { s: 1, m: 60, min: 60, h: 3600, d: 86_400 } as const

function secondsOf(value: string): number {
  const [, digits = '', unit = 's'] = /^(\d+(?:\.\d+)?)(s|m|min|h|d)?$/.exec(value.trim()) ?? []
  const seconds = Number(digits) * unitSeconds[unit as keyof typeof unitSeconds]
  if (digits !== '' && seconds > 0 && seconds <= 31_536_000) return seconds
  throw new UsageError(`--window is "${value}"; write a time up to a year, such as 24h, 30m or 7d`)
}

function maxBadOf(value: string | null): number | null {
  if (value === null) return null
  const [, digits = '', percent] = /^(\d+(?:\.\d+)?)\s*(%?)$/.exec(value.trim()) ?? []
  const share = digits === '' ? NaN : Number(digits) / (percent === '%' ? 100 : 1)
  if (share >= 0 && share <= 1) return share
  throw new UsageError(`--max-bad is "${value}"; write a share such as 1% or 0.01`)
}

const runNumber = (value: string): number => numberOf('run', value, 'list')

function numberOf(noun: string, value: string, list: string): number {
  const number = Number(value)
  if (!/^\d+$/.test(value) || !Number.isSafeInteger(number) || number < 1) {
    throw new UsageError(
      `the ${noun} is "${value}"; write its number, as in the first column of ${list}`,
    )
  }
  return number
}

function modelsOf(
  action: string,
  argument: string,
  {
    out,
    side,
    name,
    json,
  }: {
    readonly out: string | null
    readonly side: string | null
    readonly name: string | null
    readonly json: boolean
  },
): ModelsCommand {
  const wanted = oneOf('the action', action, modelActions)
  switch (wanted) {
    case 'list':
      if (argument === '') return { action: wanted, json }
      throw new UsageError(`"${argument}" is one argument too many; models list takes none`)
    case 'save':
      return { action: wanted, run: runNumber(argument), side: sideOf(side), name }
    case 'import':
      if (argument !== '') return { action: wanted, file: argument }
      throw new UsageError('models import needs a file that models export has written')
    case 'delete':
      return { action: wanted, model: modelNumber(argument) }
    case 'rename':
      if (name !== null) return { action: wanted, model: modelNumber(argument), name }
      throw new UsageError('models rename needs --name NAME')
    case 'export':
      if (out !== null) return { action: wanted, model: modelNumber(argument), out }
      throw new UsageError('models export needs --out FILE')
  }
}

const modelActions = ['list', 'save', 'export', 'import', 'rename', 'delete'] as const

function modelNumber(value: string): number {
  const model = Number(value)
  if (/^\d+$/.test(value) && Number.isSafeInteger(model) && model >= 1) return model
  throw new UsageError(
    `the model is "${value}"; write its number, as in the first column of models list`,
  )
}

function sideOf(value: string | null): number {
  if (value === null || /^[0-5]$/.test(value)) return Number(value ?? 0)
  throw new UsageError(`--side is "${value}"; write 0 for the first ranker, 1 for the second, …`)
}

function portOf(value: string | null): number | null {
  if (value === null) return null
  const port = Number(value)
  if (!/^\d+$/.test(value) || port < 1 || port > 65_535) {
    throw new UsageError(`--port is "${value}"; write a number from 1 to 65535`)
  }
  return port
}

function blocksOf(value: string | null): readonly string[] | null {
  if (value === null) return null
  const names = value.split(',').map((name) => name.trim())
  if (names.every((name) => name !== '')) return names
  throw new UsageError(
    `--blocks is "${value}"; write names with commas, like verdict,forest,health`,
  )
}

/** As asked for, or as the name of the file says. */
function formatOf(format: string | null, out: string | null): ReportFormatId {
  const ending = /\.(\w+)$/.exec(out ?? '')?.[1] ?? ''
  const meant = format ?? reportFormatIds.find((id) => id === ending.toLowerCase())
  if (meant === undefined)
    throw new UsageError(`report needs --format ${reportFormatIds.join('|')}`)
  return oneOf('--format', meant, reportFormatIds)
}

function oneOf<T extends string>(option: string, value: string, known: readonly T[]): T {
  const found = known.find((word) => word.toLowerCase() === value.toLowerCase())
  if (found === undefined) {
    throw new UsageError(`${option} is "${value}"; write one of ${known.join(', ')}`)
  }
  return found
}

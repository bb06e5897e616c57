import { valueAt } from './specPaths.ts'

/** The part of JSON Schema that z.toJSONSchema writes for a spec. */
export interface Schema {
  readonly type?: string
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly default?: unknown
  readonly minimum?: number
  readonly maximum?: number
  readonly exclusiveMinimum?: number
  readonly maxLength?: number
  readonly properties?: Readonly<Record<string, Schema>>
  readonly maxItems?: number
  readonly items?: Schema
  readonly oneOf?: readonly Schema[]
  readonly anyOf?: readonly Schema[]
}

export interface FormField {
  readonly path: string
  readonly control: 'number' | 'text' | 'choice' | 'flag' | 'list' | 'rankers'
  readonly min: number | null
  readonly max: number | null
  readonly maxLength: number | null
  readonly options: readonly string[] // of a choice
  readonly agents: readonly string[] // kinds of learner that a ranker may have of its own
  readonly fallback: unknown // its default
  readonly kind: string | null // of what it belongs to, where there are several
}

const branchesOf = (schema: Schema): readonly Schema[] | undefined => schema.oneOf ?? schema.anyOf

/** Fields that tell the branches of a union apart. */
const tags = ['kind', 'unit'] as const

const tagOf = (branches: readonly Schema[]): string =>
  tags.find((tag) => branches.every((branch) => branch.properties?.[tag]?.const !== undefined)) ??
  'kind'

const kindOf = (branch: Schema): string => {
  const tag = tags.find((name) => branch.properties?.[name]?.const !== undefined)
  return String(tag && branch.properties?.[tag]?.const)
}

/** The branch of a union that the value has chosen; the first when it has chosen none. */
function chosenBranch(branches: readonly Schema[], value: unknown): Schema | undefined {
  const kind = valueAt(value, tagOf(branches))
  return branches.find((branch) => kindOf(branch) === kind) ?? branches[0]
}

/**
 * Every field of the spec that can be filled in. Of a union, the fields of the chosen kind; what has
 * only one possible value is not asked for.
 */
export function formFields(schema: Schema, spec: unknown, path = ''): readonly FormField[] {
  const at = (key: string) => (path === '' ? key : `${path}.${key}`)
  const branches = branchesOf(schema)
  if (branches) {
    const branch = chosenBranch(branches, path === '' ? spec : valueAt(spec, path))
    const kinds = branches.map(kindOf)
    const choice: FormField = {
      ...blank,
      path: at(tagOf(branches)),
      control: 'choice',
      options: kinds,
      fallback: kinds[0],
    }
    const rest = (branch ? formFields(branch, spec, path) : []).map((field) => ({
      ...field,
      kind: field.kind ?? (branch ? kindOf(branch) : null),
    }))
    return kinds.length > 1 ? [choice, ...rest] : rest
  }
  if (schema.properties) {
    return Object.entries(schema.properties).flatMap(([key, inner]) =>
      formFields(inner, spec, at(key)),
    )
  }
  const field = leafField(schema, path)
  return field ? [field] : []
}

const blank = {
  min: null,
  max: null,
  maxLength: null,
  options: [],
  agents: [],
  fallback: undefined,
  kind: null,
} as const

function leafField(schema: Schema, path: string): FormField | null {
  if (schema.const !== undefined) return null
  const common = { ...blank, path, fallback: schema.default }
  if (schema.enum) {
    const options = schema.enum.map(String)
    return options.length > 1 ? { ...common, control: 'choice', options } : null
  }
  switch (schema.type) {
    case 'boolean':
      return { ...common, control: 'flag' }
    case 'number':
    case 'integer':
      return {
        ...common,
        control: 'number',
        min: schema.minimum ?? schema.exclusiveMinimum ?? null,
        max: schema.maximum ?? null,
      }
    case 'array': {
      const kinds = branchesOf(schema.items ?? {})
      if (kinds) {
        return {
          ...common,
          control: 'rankers',
          max: schema.maxItems ?? null,
          options: kinds.map(kindOf),
          agents: kinds.flatMap((kind) =>
            (branchesOf(kind.properties?.['agent'] ?? {}) ?? []).map(kindOf),
          ),
        }
      }
      return {
        ...common,
        control: 'list',
        min: schema.items?.minimum ?? null,
        max: schema.items?.maximum ?? null,
      }
    }
    default:
      return { ...common, control: 'text', maxLength: schema.maxLength ?? null }
  }
}

/**
 * A part of a spec of another kind: its defaults, and what was changed of what the two kinds have in
 * common. A default stays where it belongs: the step size of one learner is none for another.
 */
export function withKind(
  schema: Schema,
  path: string,
  kind: string,
  old: unknown,
): Readonly<Record<string, unknown>> {
  const union = path
    .split('.')
    .reduce<Schema | undefined>((part, key) => part?.properties?.[key], schema)
  const branches = branchesOf(union ?? {})
  const branch = branches?.find((candidate) => kindOf(candidate) === kind)
  const before = branches?.find((candidate) => kindOf(candidate) === valueAt(old, 'kind'))
  const entries = Object.entries(branch?.properties ?? {}).flatMap(([key, field]) => {
    if (key === 'kind') return [[key, kind]]
    const kept = valueAt(old, key)
    const untouched = kept === undefined || same(kept, before?.properties?.[key]?.default)
    const value = untouched ? field.default : kept
    return value === undefined ? [] : [[key, value]]
  })
  return Object.fromEntries(entries) as Record<string, unknown>
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

/** Asked for first, in this order; the rest waits behind a disclosure of its section. */
const primary = [
  'name',
  'hypothesis',
  'design',
  'rankers',
  'agent.kind',
  'explorer.kind',
  'explorer.alpha',
  'explorer.directions',
  'explorer.pairs',
  'explorer.sigma',
  'explorer.offspring',
  'explorer.epsilon',
  'explorer.temperature',
  'explorer.eta',
  'explorer.duelImpressions',
  'explorer.exchangeable',
  'explorer.minorRule',
  'explorer.perturbScope',
  'agent.method',
  'agent.target',
  'agent.head',
  'agent.gamma',
  'agent.majorEveryDuels',
  'interleaver.kind',
  'interleaver.tau',
  'interleaver.sharedDocs',
  'traffic.listLength',
  'environment.kind',
  'environment.dataset',
  'environment.items',
  'environment.types',
  'traffic.users',
  'traffic.impressionsPerUser',
  'traffic.poolSize',
  'analysis.engine',
  'analysis.errorRate',
  'analysis.equivalence',
  'analysis.minimumEffect',
  'analysis.correction',
  'analysis.guardrails.ctrFloor',
]

/** Fields that a section shows at once, and those behind its disclosure. */
export function splitByRank(fields: readonly FormField[]): {
  readonly main: readonly FormField[]
  readonly more: readonly FormField[]
} {
  const rank = ({ path }: FormField) => primary.indexOf(path)
  return {
    main: fields.filter((field) => rank(field) >= 0).sort((one, other) => rank(one) - rank(other)),
    more: fields.filter((field) => rank(field) < 0),
  }
}

/** Whether a field has any effect in the design; of the explorer a contest takes the rounds only. */
export function isUsedIn(design: unknown, { path }: FormField): boolean {
  if (design !== 'duel' && design !== 'split') return path !== 'rankers'
  if (path.startsWith('interleaver.')) return design === 'duel'
  return !path.startsWith('explorer.') || path === 'explorer.duelImpressions'
}

/** Columns of six that a field takes. */
export function spanOf({ path, control }: FormField): 2 | 3 | 4 | 6 {
  if (path === 'explorer.alpha' || control === 'list' || path === 'hypothesis') return 6
  if (path === 'name') return 6
  if (
    path === 'explorer.minorRule' ||
    path === 'explorer.perturbScope' ||
    path === 'explorer.kind' ||
    path === 'agent.kind'
  ) {
    return 3
  }
  return 2
}

/** Fields with a slider beside the number: its range is the useful one, the number's the legal one. */
export const sliders: Readonly<Record<string, { readonly max: number; readonly step: number }>> = {
  'explorer.alpha': { max: 1, step: 0.01 },
}

/** Units that stand inside the control; keys of `units`. */
export const unitOf: Readonly<Record<string, string>> = {
  'explorer.duelImpressions': 'impressions',
  'agent.majorEveryDuels': 'duels',
  'traffic.listLength': 'items',
  'traffic.poolSize': 'items',
  'traffic.users': 'users',
  'agent.majorSteps': 'steps',
  'agent.pretrainSteps': 'steps',
  'agent.replayImpressions': 'impressions',
}

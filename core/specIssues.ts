import type { z } from 'zod'
import { AgentSpec } from './agent/params.ts'
import type { SpecIssue } from './contract/specs.ts'
import { EnvironmentSpec } from './environment/params.ts'
import { ExperimentSpec } from './experimentSpec.ts'
import { exploresWeights, roundOf } from './explorer/index.ts'
import { ExplorerSpec } from './explorer/params.ts'
import { migrateSpec } from './migrateSpec.ts'
import { mostRankers, RankerSpec } from './ranker/params.ts'
import { interleavers } from './interleaver/index.ts'
import { demand, dotted, shown, valueAt } from './issueWords.ts'
import { ClickSpec, InterleaverSpec } from './servingParams.ts'
import { anytimeCorrections } from './stats/correction.ts'
import { engines } from './stats/engine/index.ts'

export type SpecCheck =
  | { readonly spec: ExperimentSpec; readonly issues: readonly [] }
  | { readonly spec: null; readonly issues: readonly SpecIssue[] }

/**
 * Migrates a spec, fills in defaults and says of every field that is refused where it is, what it
 * holds, what it may hold, and a value that would be accepted (`fix`, null when none is known).
 */
export function checkSpec(raw: unknown): SpecCheck {
  const migrated = migrateSpec(raw)
  if (migrated.message !== null) {
    const value = (raw as { readonly version: unknown }).version
    return refused([{ path: 'version', message: migrated.message, value, fix: null }])
  }
  const parsed = ExperimentSpec.safeParse(migrated.spec)
  if (!parsed.success) {
    const defaults = defaultsFor(migrated.spec)
    return refused(parsed.error.issues.flatMap((issue) => explain(issue, migrated.spec, defaults)))
  }
  const issues = crossChecks(parsed.data)
  return issues.length > 0 ? refused(issues) : { spec: parsed.data, issues: [] }
}

const refused = (issues: readonly SpecIssue[]): SpecCheck => ({ spec: null, issues })

/** What no single field can tell. */
function crossChecks(spec: ExperimentSpec): readonly SpecIssue[] {
  const issues: SpecIssue[] = []
  const { traffic, environment } = spec
  if (traffic.listLength > traffic.poolSize) {
    issues.push({
      path: 'traffic.poolSize',
      value: traffic.poolSize,
      message: `traffic.poolSize is ${traffic.poolSize}; it must hold at least the ${traffic.listLength} items of a list (traffic.listLength)`,
      fix: traffic.listLength,
      rule: 'poolBelowList',
    })
  }
  if (spec.click.kind === 'graded' && worldsWithoutGrades.has(environment.kind)) {
    issues.push({
      path: 'click.kind',
      value: 'graded',
      message: `click.kind is "graded", but the items of the world "${environment.kind}" have no grades; choose another click model, such as "positionBased"`,
      fix: 'positionBased',
      rule: 'clicksWithoutGrades',
    })
  }
  issues.push(...designChecks(spec), ...explorerChecks(spec), ...agentChecks(spec))
  if (environment.kind === 'lowRank' && 2 * environment.ratingsPerUser > environment.items) {
    const most = Math.floor(environment.items / 2)
    issues.push({
      path: 'environment.ratingsPerUser',
      value: environment.ratingsPerUser,
      message: `environment.ratingsPerUser is ${environment.ratingsPerUser}; users of this world rate at most half of its ${environment.items} items (environment.items)`,
      fix: most >= 2 ? most : null,
      rule: 'ratingsAboveHalf',
    })
  }
  if (environment.kind !== 'typedLatent') return issues
  const { items, ratingsPerUser, types } = environment
  if (ratingsPerUser > items) {
    issues.push({
      path: 'environment.ratingsPerUser',
      value: ratingsPerUser,
      message: `environment.ratingsPerUser is ${ratingsPerUser}; there are only ${items} items (environment.items)`,
      fix: items,
      rule: 'ratingsAboveItems',
    })
  }
  if (types > items) {
    issues.push({
      path: 'environment.types',
      value: types,
      message: `environment.types is ${types}; there are only ${items} items (environment.items)`,
      fix: items,
      rule: 'typesAboveItems',
    })
  }
  return issues
}

const worldsWithoutGrades: ReadonlySet<ExperimentSpec['environment']['kind']> = new Set([
  'news',
  'sessions',
  'bandit',
])

/** What the design asks of its rankers and of the engine. */
function* designChecks(spec: ExperimentSpec): Generator<SpecIssue> {
  const { design, rankers, analysis } = spec
  const path = 'rankers'
  if (design === 'explore') {
    yield* methodChecks(spec)
    if (rankers.length === 0) return
    const message = `rankers has ${rankers.length} entries; it must be empty in the design "explore", whose sides are Q and the explore network`
    yield { path, value: rankers, message, fix: [], rule: 'rankersInExplore' }
    return
  }
  if (rankers.length < 2) {
    const entries = rankers.length === 1 ? '1 entry' : 'no entry'
    const missing = [{ kind: 'learner' }, { kind: 'popularity' }].slice(rankers.length)
    yield {
      path,
      value: rankers,
      message: `rankers has ${entries}; the design "${design}" compares 2 to ${mostRankers}`,
      fix: [...rankers, ...missing],
      rule: 'tooFewRankers',
    }
  }
  yield* methodChecks(spec)
  yield* correctionChecks(spec)
  if (design === 'split' && (analysis.engine === 'betting' || analysis.engine === 'betaBinomial')) {
    yield {
      path: 'analysis.engine',
      value: analysis.engine,
      message: `analysis.engine is "${analysis.engine}", which needs votes between 0 and 1; a split compares clicks per list by "asymptotic" (any number of looks) or "fixedUserT" (Welch’s test at the end)`,
      fix: 'asymptotic',
      rule: 'splitEngine',
    }
  }
}

/** What the interleaving method asks of the rankers and of the engine. */
function* methodChecks({
  design,
  rankers,
  analysis,
  interleaver: { kind },
}: ExperimentSpec): Generator<SpecIssue> {
  if (design === 'split') return
  const { maxRankers, measure } = interleavers[kind]
  if (maxRankers !== null && rankers.length > maxRankers) {
    const message = `interleaver.kind is "${kind}", which merges ${maxRankers} rankers, but rankers has ${rankers.length} entries; "teamDraft", "probabilistic", "optimized", "pairwisePreference" and "sampleOnlyScored" merge more`
    yield {
      path: 'interleaver.kind',
      value: kind,
      message,
      fix: 'teamDraft',
      rule: 'methodRankers',
    }
  }
  const { engine, scoreBound } = analysis
  const path = 'analysis.engine'
  if (measure !== 'score') return
  if (engine === 'betaBinomial') {
    const message = `analysis.engine is "betaBinomial", which counts the users’ signs; the sign of a score of "${kind}" is biased, so that its mean has to be averaged by "asymptotic" (any number of looks) or "fixedUserT" (one look)`
    yield { path, value: engine, message, fix: 'asymptotic', rule: 'scoreSigns' }
  } else if (engine === 'betting' && scoreBound === 0) {
    const message = `analysis.engine is "betting", but scores of "${kind}" have no bound; choose "asymptotic" or "fixedUserT", or lock a bound M in analysis.scoreBound`
    yield { path, value: engine, message, fix: 'asymptotic', rule: 'scoreBound' }
  }
}

/** A correction needs the evidence that the engine gives, in the form that it takes. */
function* correctionChecks({
  analysis: { engine, correction },
}: ExperimentSpec): Generator<SpecIssue> {
  if (correction === 'auto') return
  const path = 'analysis.correction'
  const { anytime } = engines[engine]
  if (anytime && !anytimeCorrections.includes(correction)) {
    const message = `analysis.correction is "${correction}", which needs a single look or independent comparisons; with the engine "${engine}" choose one of "auto", ${anytimeCorrections.map((id) => `"${id}"`).join(', ')}`
    yield { path, value: correction, message, fix: 'auto', rule: 'correctionAnytime' }
  }
  if (!anytime && correction === 'eBh') {
    const message = `analysis.correction is "eBh", which corrects e-values, but the engine "${engine}" has none; choose "auto" or a correction of p-values`
    yield { path, value: correction, message, fix: 'auto', rule: 'correctionEBh' }
  }
}

/** Options of one learner that contradict each other. */
function* agentChecks({ agent, rankers }: ExperimentSpec): Generator<SpecIssue> {
  const own = rankers.map((ranker, i) => ({
    path: `rankers.${i}.agent`,
    agent: 'agent' in ranker ? ranker.agent : undefined,
  }))
  for (const { path, agent: one } of [{ path: 'agent', agent }, ...own]) {
    if (one?.kind !== 'drn' || one.dueling || !one.centreAdvantage) continue
    yield {
      path: `${path}.centreAdvantage`,
      value: true,
      message: `${path}.centreAdvantage is true, but without ${path}.dueling the network has no advantage to centre`,
      fix: false,
      rule: 'centreWithoutV',
    }
  }
}

/** What the exploration strategy asks of the learner and of the list. */
function* explorerChecks(spec: ExperimentSpec): Generator<SpecIssue> {
  const { design, explorer, agent, interleaver } = spec
  if (design !== 'explore') return
  const { sides } = roundOf(explorer)
  if (exploresWeights(explorer)) {
    if (agent.kind === 'ftrl' || agent.kind === 'linUcb') {
      yield {
        path: 'explorer.kind',
        value: explorer.kind,
        message: `explorer.kind is "${explorer.kind}", which moves weights; those of the learner "${agent.kind}" are worked out from its sums and can not be moved; "none" shows its own lists`,
        fix: 'none',
        rule: 'fixedWeights',
      }
    }
    if (explorer.credit === 'marginal' && !hasIndependentSlots(interleaver, sides)) {
      yield {
        path: 'explorer.credit',
        value: explorer.credit,
        message: `explorer.credit is "marginal", which needs slots that are drawn independently: two sides and the interleaver "probabilistic" with a coin for each slot; "rate" takes any list with teams`,
        fix: 'rate',
        rule: 'marginalSlots',
      }
    }
    const byTeams = sides > 2 || explorer.credit === 'rate'
    if (byTeams && interleaver.kind !== 'teamDraft' && interleaver.kind !== 'probabilistic') {
      yield {
        path: 'interleaver.kind',
        value: interleaver.kind,
        message: `interleaver.kind is "${interleaver.kind}", whose slots were not drawn by a side; the explorer "${explorer.kind}" credits the side that drew an item, as "teamDraft" and "probabilistic" tell`,
        fix: 'teamDraft',
        rule: 'teamCredit',
      }
    }
  }
  const field = { mgd: 'directions', es: 'pairs', genetic: 'offspring' } as const
  if (sides > mostRankers && explorer.kind in field) {
    const name = field[explorer.kind as keyof typeof field]
    const most = name === 'pairs' ? Math.floor(mostRankers / 2) : mostRankers - 1
    yield {
      path: `explorer.${name}`,
      value: (explorer as Readonly<Record<string, unknown>>)[name],
      message: `explorer.${name} makes ${sides} sides; a list is shared by at most ${mostRankers}`,
      fix: most,
      rule: 'tooManySides',
    }
  }
}

const hasIndependentSlots = (interleaver: ExperimentSpec['interleaver'], sides: number): boolean =>
  sides === 2 && interleaver.kind === 'probabilistic' && interleaver.sampling === 'replace'

type Issue = z.core.$ZodIssue

function explain(issue: Issue, spec: unknown, defaults: unknown): readonly SpecIssue[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => {
      const path = [...issue.path, key]
      const known = Object.keys(asFields(valueAt(defaults, issue.path)))
      const name = nearest(key, known)
      const hint = name ? `did you mean ${name}?` : `known are ${known.join(', ')}`
      const message = `${dotted(path)} is not a field of a spec; ${hint}`
      return { path: dotted(path), value: valueAt(spec, path), message, fix: null }
    })
  }
  const path = issue.path.length > 0 ? dotted(issue.path) : 'spec'
  const value = valueAt(spec, issue.path)
  const fix = fixFor(issue, spec, defaults)
  const state = value === undefined ? `${path} is missing` : `${path} is ${shown(value)}`
  return [
    {
      path,
      value: value ?? null,
      message: `${state}; ${demand(issue, kindsOf(issue.path[0]))}`,
      fix,
    },
  ]
}

/** Values that might be accepted, the one nearest to what was meant first. */
function* candidates(issue: Issue, value: unknown, byDefault: unknown): Generator {
  if (issue.code === 'too_small') yield Number(issue.minimum)
  if (issue.code === 'too_big') {
    if (Array.isArray(value)) yield value.slice(0, Number(issue.maximum))
    yield typeof value === 'string' ? value.slice(0, Number(issue.maximum)) : Number(issue.maximum)
  }
  if (typeof value === 'number' && Number.isFinite(value)) yield Math.round(value)
  yield byDefault
  if (issue.code === 'invalid_value') yield* issue.values
}

function fixFor(issue: Issue, spec: unknown, defaults: unknown): unknown {
  const { path } = issue
  const at = dotted(path)
  for (const candidate of candidates(issue, valueAt(spec, path), valueAt(defaults, path))) {
    if (candidate === undefined) continue
    const remaining = ExperimentSpec.safeParse(withValue(spec, path, candidate)).error?.issues ?? []
    if (!remaining.some((other) => `${dotted(other.path)}.`.startsWith(`${at}.`))) return candidate
  }
  return null
}

function withValue(root: unknown, path: readonly PropertyKey[], value: unknown): unknown {
  const [key, ...rest] = path
  if (key === undefined) return value
  const inner = withValue(valueAt(root, [key]), rest, value)
  if (Array.isArray(root)) return root.map((entry: unknown, i) => (i === key ? inner : entry))
  return { ...asFields(root), [key]: inner }
}

const parts = {
  environment: EnvironmentSpec,
  click: ClickSpec,
  interleaver: InterleaverSpec,
  agent: AgentSpec,
  explorer: ExplorerSpec,
} as const

function kindsOf(part: PropertyKey | undefined): readonly string[] {
  const schema = Object.entries({ ...parts, rankers: RankerSpec }).find(([n]) => n === part)?.[1]
  return schema?.options.map((option) => option.shape.kind.value) ?? []
}

/** A spec of the same kinds, as far as they exist, with every other field at its default. */
function defaultsFor(spec: unknown): unknown {
  const fields = asFields(spec)
  const skeleton: Record<string, unknown> = {
    name: 'Experiment',
    environment: { kind: 'typedLatent' },
  }
  for (const [part, schema] of Object.entries(parts)) {
    const { kind } = asFields(fields[part])
    const candidates = [{ kind }, { kind, dataset: 'any' }]
    skeleton[part] = candidates.find((one) => schema.safeParse(one).success) ?? skeleton[part]
  }
  const { rankers } = fields
  const defaults = {
    ...ExperimentSpec.parse(skeleton),
    // of a ranker only the names of its fields are known
    rankers: Array.isArray(rankers)
      ? rankers.map(() => ({ kind: undefined, label: undefined }))
      : [],
  }
  if (!('dataset' in defaults.environment)) return defaults
  // which dataset is meant can not be known, so no fix invents one
  return { ...defaults, environment: { ...defaults.environment, dataset: undefined } }
}

const asFields = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}

/** The known word that differs in at most a third of the letters. */
function nearest(word: string, known: readonly string[]): string | undefined {
  const ranked = known
    .map((name) => ({ name, distance: editDistance(word.toLowerCase(), name.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance)[0]
  return ranked && ranked.distance <= Math.max(1, word.length / 3) ? ranked.name : undefined
}

/** Levenshtein's, in one row. */
function editDistance(a: string, b: string): number {
  const row = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    let diagonal = row[0]!
    row[0] = i
    for (let j = 1; j <= b.length; j++) {
      const above = row[j]!
      const swap = diagonal + (a[i - 1] === b[j - 1] ? 0 : 1)
      row[j] = Math.min(above + 1, row[j - 1]! + 1, swap)
      diagonal = above
    }
  }
  return row[b.length]!
}

import type { SpecIssue } from '#core/contract/specs'
import type { ExperimentSpec } from '#core/experimentSpec'
import { exploresWeights, roundOf } from '#core/explorer/index'
import { interleavers } from '#core/interleaver/index'
import { mostRankers } from '#core/ranker/params'
import { anytimeCorrections } from '#core/stats/correction'
import { engines } from '#core/stats/engine/index'
import { worldChecks } from './worldChecks.ts'

/** What no single field can tell. */
export function* crossChecks(spec: ExperimentSpec): Generator<SpecIssue> {
  const { traffic, environment } = spec
  if (traffic.listLength > traffic.poolSize) {
    yield {
      path: 'traffic.poolSize',
      value: traffic.poolSize,
      message: `traffic.poolSize is ${traffic.poolSize}; it must hold at least the ${traffic.listLength} items of a list (traffic.listLength)`,
      fix: traffic.listLength,
      rule: 'poolBelowList',
    }
  }
  if (spec.click.kind === 'graded' && worldsWithoutGrades.has(environment.kind)) {
    yield {
      path: 'click.kind',
      value: 'graded',
      message: `click.kind is "graded", but the items of the world "${environment.kind}" have no grades; choose another click model, such as "positionBased"`,
      fix: 'positionBased',
      rule: 'clicksWithoutGrades',
    }
  }
  yield* designChecks(spec)
  yield* explorerChecks(spec)
  yield* agentChecks(spec)
  yield* worldChecks(environment)
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

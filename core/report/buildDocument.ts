import { isExchangeable } from '#core/isExchangeable'
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import {
  formatInteger,
  formatNumber,
  formatP,
  formatPercent,
  formatPercentSetting,
  formatSetting,
  missing,
} from '../format.ts'
import { guardrailLimit } from '../guardrailSentences.ts'
import { labelNotes } from '../labelNotes.ts'
import {
  sideArms,
  type Estimate,
  type Findings,
  type HealthCheck,
  type RunSummary,
} from '../run/summary.ts'
import { correctionNames, correctionOf } from '../stats/correction.ts'
import { engines } from '../stats/engine/index.ts'
import { verdictSentence } from '../verdictSentence.ts'
import { designFacts } from './designFacts.ts'
import type { Check, Count, Quantity, ReportDocument, Section } from './document.ts'
import { curvesFigure, forestFigure, outcomesFigure, sequenceFigure } from './figures.ts'
import { readPoints } from './points.ts'
import { segmentSection } from './segmentSection.ts'
import type { RunInput } from './reportInput.ts'
import { wordsFor } from './words/contest.ts'
import { guardrailWords } from './words/guardrails.ts'
import { reportWords } from './words/index.ts'
import type { ReportWords } from './words/words.ts'

/** What a report says, in the order in which it is read; every format is written from this. */
export function buildDocument(input: RunInput): ReportDocument {
  const { run, language } = input
  const words = wordsFor(run.spec, language)
  const { summary } = run
  const verdict = summary ? verdictSentence(summary, language) : words.noResult
  return {
    language,
    title: run.name,
    subtitle: [words.run(run.id), run.createdAt.slice(0, 10)].join(' · '),
    intervalLabel: words.intervalOf(formatPercentSetting(1 - run.spec.analysis.errorRate)),
    verdict: {
      state: summary?.verdict.state ?? null,
      headline: verdict.headline,
      second: verdict.second,
    },
    notes: notes(input, words),
    lead: summary ? forestFigure(input, summary, words) : null,
    sections: [
      designSection(input, words),
      ...(summary ? resultSections(input, summary, words) : []),
      methodsSection(input, words),
      reproduceSection(input, words),
    ],
    footer: footer(input, words),
    shortHash: shortHash(input),
  }
}

function notes({ run, language }: RunInput, words: ReportWords): string[] {
  const unfinished =
    run.state === 'finished'
      ? []
      : [words.unfinished(run.state, formatInteger(run.done), formatInteger(run.total))]
  return [
    ...unfinished,
    ...(isExchangeable(run.spec) ? [words.exchangeable] : []),
    ...labelNotes(run.spec.environment.kind, language),
  ]
}

function designSection(input: RunInput, words: ReportWords): Section {
  const { hypothesis } = input.run.spec
  return {
    id: 'design',
    title: words.sections.design,
    blocks: [
      ...(hypothesis.trim() === '' ? [] : [{ kind: 'text', text: hypothesis } as const]),
      { kind: 'facts', facts: designFacts(input.run, words) },
    ],
  }
}

function resultSections(input: RunInput, summary: RunSummary, words: ReportWords): Section[] {
  const points = readPoints(input.points)
  const counts = outcomeCounts(summary, words)
  return [
    {
      id: 'result',
      title: words.sections.result,
      blocks: [
        { kind: 'quantities', quantities: resultQuantities(input, summary, words) },
        { kind: 'counts', counts },
        { kind: 'figure', figure: outcomesFigure(counts, words) },
        { kind: 'figure', figure: sequenceFigure(input, summary, points, words) },
      ],
    },
    {
      id: 'health',
      title: words.sections.health,
      blocks: [
        { kind: 'checks', checks: summary.health.map((check) => healthCheck(check, words)) },
        ...(summary.guardrails
          ? [{ kind: 'quantities', quantities: guardrailQuantities(input, summary) } as const]
          : []),
      ],
    },
    ...(input.segments && input.segments.rows.length > 0
      ? [segmentSection(input.segments, words, input.language)]
      : []),
    {
      id: 'arms',
      title: words.sections.arms,
      blocks: [
        { kind: 'text', text: words.armsIntro },
        { kind: 'quantities', quantities: armQuantities(summary, words) },
        { kind: 'figure', figure: curvesFigure(points, words) },
      ],
    },
    {
      id: 'policy',
      title: words.sections.policy,
      blocks: [{ kind: 'quantities', quantities: policyQuantities(summary, words) }],
    },
  ]
}

/** A number that has no interval. */
export const bare = (value: number | null, n: number): Estimate => ({
  value,
  low: null,
  high: null,
  n,
})

function resultQuantities(input: RunInput, summary: RunSummary, words: ReportWords): Quantity[] {
  const { analysis } = input.run.spec
  const { quantities, units } = words
  const joined = (id: string) => `${quantities.delta}${words.comma}${words.engines[id] ?? id}`
  const ofUsers = {
    unit: units.preference,
    digits: 3,
    nUnit: units.users,
    note: '',
    decides: false,
  }
  const ofRun = { digits: 3, note: '', decides: false }
  const { signTest } = summary
  const needed = words.eValueNeeded(formatInteger(1 / analysis.errorRate))
  return [
    {
      id: 'delta',
      label: joined(analysis.engine),
      estimate: summary.delta,
      ...ofUsers,
      decides: true,
    },
    ...summary.otherEngines.map(({ id, estimate }) => ({
      id: `delta.${id}`,
      label: joined(id),
      estimate,
      ...ofUsers,
    })),
    ...challengerQuantities(summary, words, ofUsers),
    {
      id: 'deltaImpression',
      label: quantities.deltaImpression,
      estimate: summary.deltaImpression,
      ...ofUsers,
    },
    {
      id: 'eValue',
      label: quantities.eValue,
      estimate: bare(eValue(summary.logE), summary.delta.n),
      unit: units.eValue,
      digits: 2,
      nUnit: units.users,
      note: needed,
      decides: false,
    },
    {
      id: 'signTest',
      label: quantities.signTest,
      estimate: bare(signTest.p, signTest.winsA + signTest.winsB),
      unit: units.p,
      digits: 3,
      nUnit: units.users,
      note: words.signTestNote(formatInteger(signTest.winsA), formatInteger(signTest.winsB)),
      decides: false,
    },
    {
      id: 'designEffect',
      label: quantities.designEffect,
      estimate: bare(summary.designEffect, summary.deltaImpression.n),
      unit: units.ratio,
      nUnit: units.users,
      ...ofRun,
      digits: 2,
    },
    {
      id: 'explorationCost',
      label: quantities.explorationCost,
      estimate: summary.explorationCost,
      unit: units.clicks,
      nUnit: units.users,
      ...ofRun,
      digits: 1,
    },
  ]
}

/** Δ of the further challengers, and in a split each arm's own clicks per list. */
function challengerQuantities(
  { contest }: RunSummary,
  words: ReportWords,
  look: Pick<Quantity, 'unit' | 'digits' | 'nUnit' | 'note' | 'decides'>,
): Quantity[] {
  if (!contest) return []
  const name = (side: number) => words.arms[sideArms[side]!] ?? String(side)
  return [
    ...contest.challengers.slice(1).map(({ side, delta }) => ({
      id: `delta.${sideArms[side]!}`,
      label: `${words.quantities.delta}${words.comma}${name(0)} : ${name(side)}`,
      estimate: delta,
      ...look,
      decides: true,
    })),
    ...(contest.clicksPerList ?? []).map((estimate, side) => ({
      id: `clicksPerList.${sideArms[side]!}`,
      label: name(side),
      estimate,
      ...look,
    })),
  ]
}

/** e^logE, capped where a double ends; null when it is not estimable. */
const eValue = (logE: number | null): number | null =>
  logE === null ? null : Math.min(Number.MAX_VALUE, Math.exp(logE))

export function outcomeCounts({ outcomes, impressions }: Findings, words: ReportWords): Count[] {
  return (['a', 'b', 'tie', 'noVote'] as const).map((id) => ({
    id,
    label: words.outcomes[id],
    count: outcomes[id],
    share: impressions > 0 ? outcomes[id] / impressions : null,
    note: id === 'tie' ? words.identicalNote(formatInteger(outcomes.identical)) : '',
  }))
}

export function healthCheck(check: HealthCheck, words: ReportWords): Check {
  const { id, kind, level, limit, value, n } = check
  const write = (x: number | null) =>
    kind === 'p' ? formatP(x) : kind === 'share' ? formatPercent(x) : formatInteger(x)
  const bound =
    kind === 'p'
      ? formatSetting(limit)
      : kind === 'share'
        ? formatPercentSetting(limit)
        : formatInteger(limit)
  const wantsMore = kind === 'p' || id === 'dilution'
  return {
    id,
    label: words.checks[id],
    level,
    levelWord: words.levels[level],
    value,
    valueText:
      kind === 'p' && value !== null
        ? `p ${value < 0.001 ? '' : '= '}${write(value)}`
        : write(value),
    limitText: wantsMore ? words.atLeast(bound) : words.atMost(bound),
    unit: words.units[kind],
    n,
  }
}

/** What must not get worse, with its limit and whether it holds. */
function guardrailQuantities({ language }: RunInput, { guardrails = [] }: RunSummary): Quantity[] {
  const say = guardrailWords[language]
  return guardrails.map((guardrail) => {
    const { id, estimate, state } = guardrail
    const isShare = id === 'ctrFloor'
    return {
      id: `guardrail.${id}`,
      // beside the label: some formats write an interval in the place of a note
      label: `${say.names[id]} (${say.floor(guardrailLimit(guardrail))}, ${say.states[state]})`,
      estimate,
      unit: isShare ? say.share : reportWords[language].units.items,
      digits: isShare ? 3 : 1,
      nUnit: isShare ? reportWords[language].units.users : say.shownItems,
      note: '',
      decides: false,
    }
  })
}

function armQuantities(summary: RunSummary, words: ReportWords): Quantity[] {
  const { units, quantities } = words
  const look = { digits: 3, nUnit: units.users, note: '', decides: false }
  const ctr = summary.arms.map(({ id, ctr }) => ({
    id: `ctr.${id}`,
    label: words.arms[id] ?? id,
    estimate: ctr,
    unit: units.ctr,
    ...look,
  }))
  const relevance = summary.arms.flatMap(({ id, ndcg, precision }) => {
    const ofArm = (name: string) => (id === 'q' ? name : `${name} · ${words.arms[id] ?? id}`)
    return [
      ...(ndcg
        ? [
            {
              id: `ndcg.${id}`,
              label: ofArm(quantities.ndcg),
              estimate: ndcg,
              unit: 'nDCG',
              ...look,
            },
          ]
        : []),
      ...(precision
        ? [
            {
              id: `precision.${id}`,
              label: ofArm(quantities.precision),
              estimate: precision,
              unit: units.share,
              ...look,
            },
          ]
        : []),
    ]
  })
  return [...ctr, ...relevance]
}

function policyQuantities(summary: RunSummary, words: ReportWords): Quantity[] {
  const { quantities, units } = words
  const { updates, impressions } = summary
  const duels = updates.won + updates.lost + updates.tied + updates.void
  const count = (id: keyof typeof quantities, value: number) => ({
    id,
    label: quantities[id],
    estimate: bare(value, duels),
    unit: units.count,
    digits: 0,
    nUnit: units.updateDuels,
    note: '',
    decides: false,
  })
  const measure = (
    id: keyof typeof quantities,
    value: number | null,
    unit: string,
    digits: number,
  ) => ({
    id,
    label: quantities[id],
    estimate: bare(value, impressions),
    unit,
    digits,
    nUnit: units.impressions,
    note: '',
    decides: false,
  })
  return [
    ...(summary.contest
      ? []
      : [
          count('updatesWon', updates.won),
          count('updatesLost', updates.lost),
          count('updatesTied', updates.tied),
          count('updatesVoid', updates.void),
        ]),
    count('updatesMajor', updates.major),
    ...(summary.contest ? [] : [count('updatesGuard', updates.guard)]),
    measure('normRatio', summary.normRatio, units.ratio, 3),
    measure('overlap', summary.meanOverlap, units.share, 3),
    measure('effectiveItems', summary.effectiveItems, units.items, 1),
    ...behaviourMeasures(summary, words),
  ]
}

/** Returns, activeness, likeness and age of what was clicked; rows without a number are left out. */
function behaviourMeasures(
  { behaviour, learning }: RunSummary,
  { quantities, units }: ReportWords,
) {
  if (!behaviour) return []
  const row = (
    id: keyof typeof quantities,
    estimate: Estimate,
    unit: string,
    digits: number,
    nUnit = units.users,
  ) => ({ id, label: quantities[id], estimate, unit, digits, nUnit, note: '', decides: false })
  return [
    row('returnsPerDay', behaviour.returnsPerDay, units.perDay, 2),
    row('activeness', behaviour.activeness, units.share, 3),
    row('clickedSimilarity', behaviour.clickedSimilarity, units.cosine, 3),
    ...(behaviour.clickAgeHours.value === null
      ? []
      : [row('clickAge', behaviour.clickAgeHours, units.hours, 2)]),
    ...(learning
      ? [
          row(
            'dropped',
            bare(learning.dropped, learning.dropped),
            units.count,
            0,
            units.impressions,
          ),
        ]
      : []),
  ]
}

/** The limits that were locked, in a sentence; none where the plan sets none. */
function guardrailPlan({ run, language }: RunInput): string[] {
  const say = guardrailWords[language]
  const { ctrFloor, diversityFloor, latencyCeiling } = run.spec.analysis.guardrails
  const bare = (id: keyof typeof say.names) => say.names[id].replace(/^[^:：]*[:：]\s*/, '')
  const limits = [
    ...(ctrFloor > 0 ? [`${bare('ctrFloor')} ${say.floor(formatPercentSetting(ctrFloor))}`] : []),
    ...(diversityFloor > 0
      ? [`${bare('diversityFloor')} ${say.floor(formatSetting(diversityFloor))}`]
      : []),
    ...(latencyCeiling > 0 ? [say.latency(formatSetting(latencyCeiling))] : []),
  ]
  return limits.length > 0 ? [say.locked(limits.join(language === 'zh-CN' ? '；' : '; '))] : []
}

function methodsSection(input: RunInput, words: ReportWords): Section {
  const { analysis, interleaver, traffic, environment } = input.run.spec
  const text = words.methods({
    engine: analysis.engine,
    errorRate: formatPercentSetting(analysis.errorRate),
    needed: formatInteger(1 / analysis.errorRate),
    equivalence: analysis.equivalence > 0 ? formatSetting(analysis.equivalence) : null,
    correction:
      correctionNames[correctionOf(analysis.correction, engines[analysis.engine].anytime)],
    interleaver: interleaver.kind,
    k: formatInteger(traffic.listLength),
    historyShare:
      'historyShare' in environment ? formatPercentSetting(environment.historyShare) : null,
  })
  return {
    id: 'methods',
    title: words.sections.methods,
    blocks: [...text, ...guardrailPlan(input)].map(
      (paragraph) => ({ kind: 'text', text: paragraph }) as const,
    ),
  }
}

function reproduceSection(input: RunInput, words: ReportWords): Section {
  const { run, appVersion } = input
  const { facts } = words
  const backend = run.backend ? `${run.backend.name} (${run.backend.ops})` : missing
  return {
    id: 'reproduce',
    title: words.sections.reproduce,
    blocks: [
      {
        kind: 'facts',
        facts: [
          { id: 'appVersion', label: facts.appVersion, value: appVersion },
          {
            id: 'engineVersion',
            label: facts.engineVersion,
            value: run.summary?.engineVersion ?? missing,
          },
          { id: 'backend', label: facts.backend, value: backend },
          { id: 'seed', label: facts.seed, value: String(run.seed) },
          { id: 'specHash', label: facts.specHash, value: run.specHash },
          { id: 'dataset', label: facts.dataset, value: run.dataset?.hash ?? missing },
          { id: 'digest', label: facts.digest, value: run.summary?.digest ?? missing },
          { id: 'created', label: facts.created, value: run.createdAt },
        ],
      },
      { kind: 'text', text: words.reproduceIntro },
      { kind: 'code', title: words.commandTitle, code: run.commandLine },
      { kind: 'code', title: words.specTitle, code: specText(run.spec) },
    ],
  }
}

/** JSON to be read, with a list of numbers on one line. A string has no line ends, so none is met. */
const specText = (spec: RunInput['run']['spec']): string =>
  JSON.stringify(spec, null, 2).replace(
    /\[\n\s+([-\d.,\se]+?)\n\s*\]/g,
    (_, numbers: string) => `[${numbers.replace(/\s+/g, ' ')}]`,
  )

function footer({ run, appVersion }: RunInput, words: ReportWords): string[] {
  return [
    `Duelist ${appVersion}`,
    `${words.facts.engineVersion} ${run.summary?.engineVersion ?? missing}`,
    ...(run.dataset ? [`data ${run.dataset.hash.slice(0, 7)}`] : []),
    `${words.facts.seed} ${run.seed}`,
  ]
}

/** Names what the report was made of, so that two printed pages can be told apart. */
function shortHash({ run, appVersion }: RunInput): string {
  const made = [
    appVersion,
    run.specHash,
    String(run.seed),
    String(run.done),
    run.summary?.digest ?? '',
  ]
  return bytesToHex(sha256(utf8ToBytes(made.join('\n')))).slice(0, 7)
}

/** How a quantity is written, for the formats that show it. */
export function quantityText(quantity: Quantity): string {
  const { estimate, unit, digits, id } = quantity
  if (id === 'signTest') return formatP(estimate.value)
  if (id === 'eValue' && estimate.value !== null && estimate.value >= 1000) {
    return estimate.value < 1e9
      ? formatInteger(estimate.value)
      : estimate.value.toExponential(1).replace('e+', 'e')
  }
  return digits === 0 || unit === ''
    ? formatInteger(estimate.value)
    : formatNumber(estimate.value, digits)
}

import { isExchangeable } from '#core/isExchangeable'
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import { formatInteger, formatPercentSetting, formatSetting, missing } from '../format.ts'
import { labelNotes } from '../labelNotes.ts'
import type { RunSummary } from '../run/summary.ts'
import { correctionNames, correctionOf } from '../stats/correction.ts'
import { engines } from '../stats/engine/index.ts'
import { verdictSentence } from '../verdictSentence.ts'
import { designFacts } from './designFacts.ts'
import type { ReportDocument, Section } from './document.ts'
import { curvesFigure, forestFigure, outcomesFigure, sequenceFigure } from './figures.ts'
import { healthCheck, outcomeCounts } from './healthRows.ts'
import { readPoints } from './points.ts'
import { segmentSection } from './segmentSection.ts'
import type { RunInput } from './reportInput.ts'
import {
  armQuantities,
  guardrailQuantities,
  policyQuantities,
  resultQuantities,
} from './runQuantities.ts'
import { wordsFor } from './words/contest.ts'
import { guardrailWords } from './words/guardrails.ts'
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
        // a split shows whole lists of one ranker: there is no duel whose outcome could be counted
        ...(input.run.spec.design === 'split'
          ? []
          : ([
              { kind: 'counts', counts },
              { kind: 'figure', figure: outcomesFigure(counts, words) },
            ] as const)),
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

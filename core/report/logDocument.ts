import type { EventCounts } from '#core/dataset/kinds/events'
import type { Language } from '../languages.ts'
import { formatInteger, formatPercentSetting, formatSetting } from '../format.ts'
import type { FilterStep } from '../logAnalysis/filterLog.ts'
import type { LogReport } from '../logAnalysis/logReport.ts'
import { pointMetrics } from '../run/point.ts'
import { sideArms } from '../run/summary.ts'
import { sideNames } from '../sideNames.ts'
import { proportionInterval } from '../stats/proportionInterval.ts'
import { verdictSentence } from '../verdictSentence.ts'
import { healthCheck, outcomeCounts } from './healthRows.ts'
import { bare } from './runQuantities.ts'
import type { Quantity, ReportDocument, Section } from './document.ts'
import { forestFigure, outcomesFigure, sequenceFigure } from './figures.ts'
import { readPoints } from './points.ts'
import { reportWords } from './words/index.ts'
import { logWords, type LogWords } from './words/log.ts'
import type { ReportWords } from './words/words.ts'

/** What the analysis of a log says, in the order in which it is read. */
export function logDocument(
  report: LogReport,
  made: { readonly language: Language; readonly appVersion: string; readonly dataset: string },
): ReportDocument {
  const { language, appVersion, dataset } = made
  const say = logWords[language]
  const names = sideNames(report.contest!, language)
  const words = namedWords(reportWords[language], names)
  const { analysis } = report.plan
  const verdict = verdictSentence(report, language)
  const input = { language, run: { spec: { analysis } } }
  const counts = outcomeCounts(report, words)
  return {
    language,
    title: report.plan.name,
    subtitle: [say.log, dataset].join(' · '),
    intervalLabel: words.intervalOf(formatPercentSetting(1 - analysis.errorRate)),
    verdict: {
      state: report.verdict.state,
      headline: verdict.headline,
      second: verdict.second,
    },
    notes: [say.honesty],
    lead: forestFigure(input, report, words),
    sections: [
      dataSection(report, words, say),
      {
        id: 'result',
        title: words.sections.result,
        blocks: [
          { kind: 'quantities', quantities: resultQuantities(report, words) },
          { kind: 'counts', counts },
          { kind: 'figure', figure: outcomesFigure(counts, words) },
          {
            kind: 'figure',
            figure: sequenceFigure(input, report, readPoints(pointsOf(report)), words),
          },
        ],
      },
      {
        id: 'health',
        title: words.sections.health,
        blocks: [
          { kind: 'checks', checks: report.health.map((check) => healthCheck(check, words)) },
        ],
      },
      {
        id: 'steps',
        title: say.sections.steps,
        blocks: [
          { kind: 'text', text: say.stepsIntro },
          { kind: 'quantities', quantities: stepQuantities(report.steps, words, say) },
        ],
      },
      ...segmentSections(report, words, say),
      {
        id: 'positions',
        title: say.sections.positions,
        blocks: [{ kind: 'quantities', quantities: positionQuantities(report, names, words, say) }],
      },
      {
        id: 'reproduce',
        title: words.sections.reproduce,
        blocks: [
          {
            kind: 'facts',
            facts: [
              { id: 'appVersion', label: words.facts.appVersion, value: appVersion },
              { id: 'dataset', label: words.facts.dataset, value: dataset },
              { id: 'digest', label: words.facts.digest, value: report.digest },
            ],
          },
          { kind: 'code', title: words.specTitle, code: JSON.stringify(report.plan, null, 2) },
        ],
      },
    ],
    footer: [`Duelist ${appVersion}`, say.log, dataset],
    shortHash: report.digest.slice(0, 7),
  }
}

const namedWords = (words: ReportWords, names: readonly string[]): ReportWords => ({
  ...words,
  arms: {
    ...words.arms,
    ...Object.fromEntries(names.map((name, side) => [sideArms[side]!, name])),
  },
})

const eventsSentence = ({ window, ...counts }: EventCounts, say: LogWords): string =>
  say.events(
    Object.fromEntries(
      Object.entries(counts).map(([name, n]) => [name, formatInteger(n)]),
    ) as Record<keyof typeof counts, string>,
  ) + (window === null ? '' : say.window(formatInteger(window)))

function dataSection(report: LogReport, words: ReportWords, say: LogWords): Section {
  const { source, attribution, events, teams, plan } = report
  const fact = (id: keyof LogWords['facts'], value: string) => ({ id, label: say.facts[id], value })
  const date = (seconds: number) => new Date(1000 * seconds).toISOString().slice(0, 16)
  const rule = plan.attribution
  return {
    id: 'data',
    title: say.sections.data,
    blocks: [
      {
        kind: 'facts',
        facts: [
          fact(
            'source',
            say.source(
              formatInteger(source.rows),
              formatInteger(source.impressions),
              formatInteger(source.users),
              formatInteger(source.items),
            ),
          ),
          fact('period', say.period(date(source.from), date(source.to))),
          fact('method', words.interleavers[plan.interleaver.kind]),
          fact(
            'attribution',
            (rule.event === 'dwell'
              ? say.attribution.dwell(formatSetting(rule.seconds))
              : say.attribution[rule.event]) +
              (plan.window === null ? '' : say.window(formatSetting(plan.window))),
          ),
          fact(
            'attributed',
            say.attributed(
              formatInteger(attribution.attributed),
              formatInteger(attribution.events),
            ),
          ),
          ...(attribution.orphans + attribution.late + attribution.unmeasured === 0
            ? []
            : [
                fact(
                  'leftOut',
                  say.leftOut(
                    formatInteger(attribution.orphans),
                    formatInteger(attribution.late),
                    formatInteger(attribution.unmeasured),
                  ),
                ),
              ]),
          ...(events === undefined ? [] : [fact('events', eventsSentence(events, say))]),
          fact(
            'teams',
            say.teams[!teams.logged ? 'recomputed' : teams.ranked ? 'checked' : 'unchecked'],
          ),
        ],
      },
      ...(plan.hypothesis.trim() === '' ? [] : [{ kind: 'text', text: plan.hypothesis } as const]),
    ],
  }
}

function resultQuantities(report: LogReport, words: ReportWords): Quantity[] {
  const { quantities, units } = words
  const { analysis } = report.plan
  const joined = (id: string) => `${quantities.delta}${words.comma}${words.engines[id] ?? id}`
  const look = {
    unit: units.preference,
    digits: 3,
    nUnit: units.users,
    note: '',
    decides: false,
  }
  const challengers = report.contest!.challengers
  const name = (side: number) => words.arms[sideArms[side]!] ?? String(side)
  return [
    ...challengers.map(({ side, delta }) => ({
      id: side === 1 ? 'delta' : `delta.${sideArms[side]!}`,
      label:
        challengers.length === 1
          ? joined(analysis.engine)
          : `${joined(analysis.engine)}${words.comma}${name(0)} : ${name(side)}`,
      estimate: delta,
      ...look,
      decides: true,
    })),
    ...report.otherEngines.map(({ id, estimate }) => ({
      id: `delta.${id}`,
      label: joined(id),
      estimate,
      ...look,
    })),
    {
      id: 'deltaImpression',
      label: quantities.deltaImpression,
      estimate: report.deltaImpression,
      ...look,
    },
    {
      ...look,
      id: 'eValue',
      label: quantities.eValue,
      estimate: bare(
        report.logE === null ? null : Math.min(Number.MAX_VALUE, Math.exp(report.logE)),
        report.delta.n,
      ),
      unit: units.eValue,
      digits: 2,
      note: words.eValueNeeded(formatInteger(1 / analysis.errorRate)),
    },
    {
      ...look,
      id: 'signTest',
      label: quantities.signTest,
      estimate: bare(report.signTest.p, report.signTest.winsA + report.signTest.winsB),
      unit: units.p,
      note: [name(0), name(1)]
        .map(
          (side, i) =>
            `${side} ${formatInteger([report.signTest.winsA, report.signTest.winsB][i]!)}`,
        )
        .join(words.comma),
    },
    {
      ...look,
      id: 'designEffect',
      label: quantities.designEffect,
      estimate: bare(report.designEffect, report.deltaImpression.n),
      unit: units.ratio,
      digits: 2,
    },
  ]
}

function stepQuantities(
  steps: readonly FilterStep[],
  words: ReportWords,
  say: LogWords,
): Quantity[] {
  const look = {
    unit: words.units.preference,
    digits: 3,
    nUnit: words.units.users,
    note: '',
    decides: false,
  }
  const [first] = steps
  return [
    ...(first ? [{ id: 'raw', label: say.raw, estimate: first.before, ...look }] : []),
    ...steps.map(({ filter, impressions, users, after }, i) => ({
      id: `step${i + 1}`,
      label: `${i + 1}. ${say.filters[filter.rule]}${words.comma}${say.removed(
        formatInteger(impressions),
        formatInteger(users),
      )}`,
      estimate: after,
      ...look,
    })),
  ]
}

function segmentSections({ segments }: LogReport, words: ReportWords, say: LogWords): Section[] {
  if (!segments) return []
  const { rows, family } = segments
  const method = family.method === 'eBh' ? 'e-BH' : 'BH'
  return [
    {
      id: 'segments',
      title: say.sections.segments,
      blocks: [
        { kind: 'text', text: say.segmentsIntro(method, formatInteger(family.size)) },
        {
          kind: 'quantities',
          quantities: rows.map(({ column, value, delta, rejected }) => ({
            id: `${column}.${value ?? ''}`,
            label: `${column} = ${value ?? say.otherValues}${words.comma}${
              rejected ? say.rejected : say.notRejected
            }`,
            estimate: delta,
            unit: words.units.preference,
            digits: 3,
            nUnit: words.units.users,
            note: '',
            decides: false,
          })),
        },
      ],
    },
  ]
}

function positionQuantities(
  { positions, plan }: LogReport,
  names: readonly string[],
  words: ReportWords,
  say: LogWords,
): Quantity[] {
  return positions.flatMap(({ position, shown, clicks }) =>
    shown.map((n, side) => ({
      id: `position${position}.${side}`,
      label: say.position(position, names[side]!),
      estimate: shareOf(clicks[side]!, n, plan.analysis.errorRate),
      unit: words.units.ctr,
      digits: 3,
      nUnit: say.slots,
      note: '',
      decides: false,
    })),
  )
}

function shareOf(count: number, n: number, alpha: number) {
  if (n === 0) return { value: null, low: null, high: null, n, reason: 'noData' }
  const { low, high } = proportionInterval.wilson(count, n, alpha)
  return { value: count / n, low, high, n }
}

/** The curve as the rows of points that figures read. */
function pointsOf({ curve }: LogReport): Float64Array {
  const count = curve.impressions?.length ?? 0
  const rows = Array.from({ length: count }, (_, i) =>
    pointMetrics.map((name) => curve[name]?.[i] ?? Number.NaN),
  )
  return Float64Array.from(rows.flat())
}

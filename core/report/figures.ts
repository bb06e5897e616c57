import type { Language } from '../languages.ts'
import type { ExperimentSpec } from '../experimentSpec.ts'
import {
  formatInteger,
  formatInterval,
  formatNumber,
  formatPercent,
  formatPercentSetting,
  formatSetting,
} from '../format.ts'
import type { PointMetric } from '../run/point.ts'
import { sideArms, type ArmId, type Findings } from '../run/summary.ts'
import type { Count, Figure } from './document.ts'
import { binned, thinned, type Points } from './points.ts'
import { curvesChart, type Curve } from './svg/curves.ts'
import { forestChart } from './svg/forest.ts'
import { outcomesChart } from './svg/outcomes.ts'
import { sequenceChart } from './svg/sequence.ts'
import { tokens } from './tokens.ts'
import type { ReportWords } from './words/words.ts'

/** Points that a curve is drawn through; more can not be told apart on paper. */
const drawnPoints = 400
/** Steps of a curve of window means: each holds enough lists to be read. */
const curveBins = 30
/** Rows of the table behind a curve. */
const listedPoints = 12

/** What a figure needs beside the findings, of a run or of a log. */
interface FigureInput {
  readonly language: Language
  readonly run: { readonly spec: Pick<ExperimentSpec, 'analysis'> }
}

/** Intervals of Δ by every engine, the locked one on top. */
export function forestFigure(input: FigureInput, summary: Findings, words: ReportWords): Figure {
  const { analysis } = input.run.spec
  const { language } = input
  const level = formatPercentSetting(1 - analysis.errorRate)
  const region = analysis.equivalence > 0 ? formatSetting(analysis.equivalence) : null
  const engine = (id: string) => `${words.quantities.delta}${words.comma}${words.engines[id] ?? id}`
  const others = [
    ...summary.otherEngines.map(({ id, estimate }) => ({ label: engine(id), hint: '', estimate })),
    { label: words.quantities.deltaImpression, hint: '', estimate: summary.deltaImpression },
    ...(summary.contest?.challengers.slice(1) ?? []).map(({ side, delta }) => ({
      label: `${words.arms.q} : ${words.arms[sideArms[side]!] ?? side}`,
      hint: '',
      estimate: delta,
    })),
  ].filter(({ estimate }) => !summary.contest || estimate.value !== null)
  const primary = {
    label: engine(analysis.engine),
    hint: words.figures.locked,
    estimate: summary.delta,
  }
  const frame = {
    id: 'forest',
    title: words.figures.forest,
    summary: words.figures.forestCaption(level, region),
  }
  return {
    ...frame,
    svg: forestChart({
      ...frame,
      primary,
      others,
      othersTitle: words.figures.otherEngines,
      nLabel: words.columns.n,
      equivalence: analysis.equivalence,
      state: summary.verdict.state,
      language,
    }),
    table: {
      columns: [
        words.columns.quantity,
        words.columns.value,
        words.intervalOf(level),
        words.columns.n,
      ],
      rows: [primary, ...others].map(({ label, estimate }) => [
        label,
        formatNumber(estimate.value),
        formatInterval(estimate.low, estimate.high, language),
        formatInteger(estimate.n),
      ]),
    },
  }
}

/** Δ and its confidence sequence over users. */
export function sequenceFigure(
  input: FigureInput,
  summary: Findings,
  points: Points,
  words: ReportWords,
): Figure {
  const { analysis } = input.run.spec
  const { language } = input
  const users = points.column('users')
  const delta = points.column('delta')
  const low = points.column('low')
  const high = points.column('high')
  const { delta: last, decidedAtUser } = summary
  const frame = {
    id: 'sequence',
    title: words.figures.sequence,
    summary:
      last.low === null
        ? words.figures.sequenceEmpty
        : words.figures.sequenceSummary(
            formatInteger(last.n),
            formatInterval(last.low, last.high, language),
            analysis.engine !== 'fixedUserT',
          ),
  }
  return {
    ...frame,
    svg: sequenceChart({
      ...frame,
      xLabel: words.units.users,
      users,
      delta,
      low,
      high,
      rows: thinned(points.count, drawnPoints),
      equivalence: analysis.equivalence,
      state: summary.verdict.state,
      decidedAtUser,
      decidedLabel:
        decidedAtUser === null ? '' : words.figures.decidedAt(formatInteger(decidedAtUser)),
    }),
    table: {
      columns: [
        words.units.users,
        'Δ',
        words.intervalOf(formatPercentSetting(1 - analysis.errorRate)),
      ],
      rows: thinned(points.count, listedPoints).map((i) => [
        formatInteger(users[i]!),
        formatNumber(delta[i]!),
        Number.isFinite(low[i]!) ? formatInterval(low[i]!, high[i]!, language) : formatNumber(null),
      ]),
    },
  }
}

export function outcomesFigure(counts: readonly Count[], words: ReportWords): Figure {
  const parts = counts.map(
    ({ label, count, share }) => `${formatInteger(count)} ${label} (${formatPercent(share)})`,
  )
  const frame = {
    id: 'outcomes',
    title: words.figures.outcomes,
    summary: words.figures.outcomesSummary(parts.join(words.semicolon)),
  }
  return {
    ...frame,
    svg: outcomesChart({ ...frame, counts }),
    table: {
      columns: [words.columns.outcome, words.columns.count, words.columns.share],
      rows: counts.map(({ label, count, share }) => [
        label,
        formatInteger(count),
        formatPercent(share),
      ]),
    },
  }
}

const { reference } = tokens
/** Each policy's curve: solid for the two that learn, grey and dashed for the references. */
const looks: readonly (Pick<Curve, 'colour' | 'textColour' | 'dash' | 'width'> & {
  readonly arm: ArmId
  readonly metric: PointMetric
})[] = [
  {
    arm: 'oracle',
    metric: 'ctrOracle',
    colour: reference.oracle,
    textColour: tokens.ink3,
    dash: '1 3',
    width: 1.25,
  },
  {
    arm: 'greedyMf',
    metric: 'ctrGreedyMf',
    colour: reference.staticBest,
    textColour: tokens.ink3,
    dash: '6 2 1 2',
    width: 1.25,
  },
  {
    arm: 'untrained',
    metric: 'ctrUntrained',
    colour: reference.untrained,
    textColour: tokens.ink3,
    dash: '8 3',
    width: 1.25,
  },
  {
    arm: 'staticBest',
    metric: 'ctrStatic',
    colour: reference.staticBest,
    textColour: tokens.ink3,
    dash: '5 3',
    width: 1.25,
  },
  {
    arm: 'popularity',
    metric: 'ctrPopularity',
    colour: reference.popularity,
    textColour: tokens.ink3,
    dash: '3 3',
    width: 1.25,
  },
  {
    arm: 'random',
    metric: 'ctrRandom',
    colour: reference.random,
    textColour: tokens.ink3,
    dash: '2 2',
    width: 1.25,
  },
  {
    arm: 'explore',
    metric: 'ctrB',
    colour: tokens.b,
    textColour: tokens.bText,
    dash: '',
    width: 1.5,
  },
  { arm: 'q', metric: 'ctrA', colour: tokens.a, textColour: tokens.aText, dash: '', width: 1.75 },
]

/** Expected clicks of Q and Q̃ against the reference policies on the same requests. */
export function curvesFigure(points: Points, words: ReportWords): Figure {
  const bins = binned(points, curveBins)
  const impressions = bins.end
  const curves = looks.map((look) => ({
    ...look,
    mayLeave: look.arm === 'oracle',
    label: words.arms[look.arm],
    values: bins.mean(look.metric),
  }))
  const last = impressions.length - 1
  const known = curves.filter(({ values }) => Number.isFinite(values[last] ?? Number.NaN)).reverse()
  const parts = known.map(({ label, values }) => `${label} ${formatNumber(values[last]!)}`)
  const frame = {
    id: 'curves',
    title: words.figures.curves,
    summary:
      known.length === 0
        ? words.figures.curvesEmpty
        : words.figures.curvesSummary(
            parts.join(words.semicolon),
            formatInteger(impressions[last]!),
          ),
  }
  return {
    ...frame,
    svg: curvesChart({
      ...frame,
      xLabel: words.units.impressions,
      x: impressions,
      rows: [...impressions.keys()],
      curves: curves.map((curve) => ({ ...curve, label: shortName(curve.label) })),
    }),
    table: {
      columns: [words.columns.count, ...[...curves].reverse().map(({ label }) => label)],
      rows: thinned(impressions.length, listedPoints).map((i) => [
        formatInteger(impressions[i]!),
        ...[...curves].reverse().map(({ values }) => formatNumber(values[i]!)),
      ]),
    },
  }
}

/** Without what stands in brackets: labels at the end of a line have little room. */
const shortName = (label: string): string => label.replace(/\s*[(（].*/, '')

import { firstAbove } from '#core/compute/firstAbove'
import { formatInteger, formatNumber } from '#core/format'
import type { PointMetric } from '#core/run/point'
import type { Translate } from '../i18n.ts'
import type { Curve } from '../stores/curve.ts'
import { referenceLines } from '../theme/outcomeStyle.ts'
import type { Chart } from './chart.ts'
import { columnTable } from './columnTable.ts'
import { cursorLine, line, noPatterns, roundStep, sideLabels } from './parts.ts'

/** Bins that the planned impressions are divided into; a curve of single points would be noise. */
const BINS = 60

const referenceIds = [
  'random',
  'popularity',
  'staticBest',
  'greedyMf',
  'untrained',
  'oracle',
] as const
export type ReferenceId = (typeof referenceIds)[number]

const referenceMetric = {
  random: 'ctrRandom',
  popularity: 'ctrPopularity',
  staticBest: 'ctrStatic',
  greedyMf: 'ctrGreedyMf',
  untrained: 'ctrUntrained',
  oracle: 'ctrOracle',
} as const satisfies Record<ReferenceId, PointMetric>

/** What counts as lately: the last fifth of the impressions so far. */
const LATELY = 0.2

/** Expected clicks per shown item, in per cent. */
export interface LearningCurves {
  readonly impressions: readonly number[] // end of each bin
  readonly q: readonly number[]
  readonly explore: readonly number[]
  /** Of the impressions that are late; NaN before the first point. */
  readonly lately: { readonly q: number; readonly explore: number }
  /**
   * On the same requests, what was late at the end of each bin: the requests change as a run goes on
   * (at the end only users are left who have seen the most), and a line that did not would mislead.
   * Null where it is not known.
   */
  readonly references: Readonly<Record<ReferenceId, readonly number[] | null>>
  readonly total: number
  /** Of the first two sides. */
  readonly names: readonly [a: string, b: string]
}

export function learningCurves(
  curve: Curve,
  total: number,
  names: LearningCurves['names'] = ['Q', 'Q̃'],
): LearningCurves {
  const impressions = curve.column('impressions')
  const ends = binEnds(impressions, total)
  const mean = (metric: PointMetric) => perCentMeans(curve.column(metric), impressions)
  const q = mean('ctrA')
  const explore = mean('ctrB')
  const binned = (of: Mean) => ends.map((end, bin) => of(bin === 0 ? 0 : ends[bin - 1]!, end))
  const latelyAt = (of: Mean, end: number) => of(firstLate(impressions, end), end)
  const reference = (id: ReferenceId) => {
    const of = mean(referenceMetric[id])
    return Number.isFinite(of(0, impressions.length)) ? ends.map((end) => latelyAt(of, end)) : null
  }
  return {
    lately: {
      q: latelyAt(q, impressions.length),
      explore: latelyAt(explore, impressions.length),
    },
    impressions: ends.map((end) => impressions[end - 1]!),
    q: binned(q),
    explore: binned(explore),
    references: {
      random: reference('random'),
      popularity: reference('popularity'),
      staticBest: reference('staticBest'),
      greedyMf: reference('greedyMf'),
      untrained: reference('untrained'),
      oracle: reference('oracle'),
    },
    total,
    names,
  }
}

/** Mean of the rows from … to − 1. */
type Mean = (from: number, to: number) => number

/** Means of a rate in per cent, each row weighing as many impressions as it added; NaN without any. */
function perCentMeans(rates: Float64Array, impressions: Float64Array): Mean {
  const sums = new Float64Array(rates.length + 1)
  const weights = new Float64Array(rates.length + 1)
  rates.forEach((rate, row) => {
    const added = impressions[row]! - (row === 0 ? 0 : impressions[row - 1]!)
    const isKnown = Number.isFinite(rate)
    sums[row + 1] = sums[row]! + (isKnown ? rate * added : 0)
    weights[row + 1] = weights[row]! + (isKnown ? added : 0)
  })
  return (from, to) => (100 * (sums[to]! - sums[from]!)) / (weights[to]! - weights[from]!)
}

/** The first row that is late when `end` rows are there. */
const firstLate = (impressions: Float64Array, end: number): number =>
  firstAbove(impressions, (1 - LATELY) * (impressions[end - 1] ?? 0))

/** First row after each bin. Bins have a fixed width, so that finished ones do not move. */
function binEnds(impressions: Float64Array, total: number): number[] {
  const width = Math.max(1, total / BINS)
  const ends: number[] = []
  impressions.forEach((value, row) => {
    const next = impressions[row + 1]
    if (next === undefined || Math.ceil(next / width) > Math.ceil(value / width)) ends.push(row + 1)
  })
  return ends
}

/** Puts the curve into words: the nearest reference lines below and above Q, all of lately. */
export function placeOfQ(data: LearningCurves): {
  readonly above: ReferenceId | null
  readonly below: ReferenceId | null
} | null {
  const { q } = data.lately
  if (!Number.isFinite(q)) return null
  const known = knownReferences(data)
    // a ranker that is a reference itself stands beside the others
    .filter(({ lately }) => Math.abs(lately - q) > 1e-9 * q)
    .sort((one, other) => one.lately - other.lately)
  return {
    above: known.filter(({ lately }) => lately <= q).at(-1)?.id ?? null,
    below: known.find(({ lately }) => lately > q)?.id ?? null,
  }
}

const knownReferences = ({ references }: LearningCurves) =>
  referenceIds.flatMap((id) => {
    const values = references[id]
    return values === null ? [] : [{ id, values, lately: values.at(-1)! }]
  })

/** As much of a name as fits beside its number. */
const short = (name: string): string => (name.length > 10 ? `${name.slice(0, 9)}…` : name)

export const learning: Chart<LearningCurves> = {
  draw(data, { token, width, height, t, cursor }) {
    const box = { left: 34, right: 118, top: 10, bottom: 36 }
    const references = knownReferences(data)
    const values = [data.q, data.explore, ...references.map(({ values }) => values)]
      .flat()
      .filter((value) => Number.isFinite(value))
    const step = roundStep(Math.max(1, ...values) * 1.06, 4)
    const yMax = Math.max(step, Math.ceil((Math.max(0, ...values) * 1.06) / step) * step)
    const plotHeight = height - box.top - box.bottom
    const yPixel = (value: number) => box.top + (1 - value / yMax) * plotHeight
    const xMax = Math.max(data.total, data.impressions.at(-1) ?? 0)
    const last = data.impressions.at(-1) ?? 0
    const lines = referenceLines(token)
    const team = (values: readonly number[], color: string) => ({
      type: 'line',
      z: 4,
      data: line(data.impressions, values),
      lineStyle: { color, width: 1.75 },
    })
    const { q, explore } = data.lately
    const xEnd = width - box.right
    return {
      option: {
        aria: noPatterns,
        grid: box,
        xAxis: {
          type: 'value',
          min: 0,
          max: xMax,
          interval: roundStep(xMax, Math.max(2, Math.floor((width - 152) / 70))),
          name: t('chart.impressions'),
          nameGap: 21,
          axisLabel: {
            formatter: (value: number) =>
              value < xMax || value % 1000 === 0 ? shortCount(value) : '',
          },
        },
        yAxis: { type: 'value', min: 0, max: yMax, interval: step },
        series: [
          ...references.map(({ id, values }) => ({
            type: 'line',
            silent: true,
            data: line(data.impressions, values),
            lineStyle: lines[id],
          })),
          team(data.explore, token('b')),
          team(data.q, token('a')),
          {
            type: 'line',
            data: [],
            markLine: {
              data: cursorLine(data.impressions, cursor),
            },
          },
        ],
        graphic: sideLabels(
          token,
          [
            ...references.map(({ id, lately }) => ({
              y: yPixel(lately),
              text: `${t(`reference.${id}`)} ${formatNumber(lately, 1)}`,
              fill: token('ink-3'),
              stroke: last < xMax ? 'transparent' : lines[id].color,
            })),
            ...(!Number.isFinite(q)
              ? []
              : [
                  {
                    y: yPixel(q),
                    text: `● ${short(data.names[0])} ${formatNumber(q, 1)}`,
                    fill: token('a-text'),
                    stroke: last < xMax ? 'transparent' : token('a'),
                    weight: 600,
                  },
                ]),
            ...(!Number.isFinite(explore)
              ? []
              : [
                  {
                    y: yPixel(explore),
                    text: `▲ ${short(data.names[1])} ${formatNumber(explore, 1)}`,
                    fill: token('b-text'),
                    stroke: last < xMax ? 'transparent' : token('b'),
                    weight: 600,
                  },
                ]),
          ],
          xEnd,
          { top: box.top + 4, bottom: height - box.bottom - 2 },
        ),
      },
      plot: { left: box.left, right: box.right, xMin: 0, xMax },
    }
  },
  table(data, t: Translate) {
    const perCent = (name: string, values: readonly number[]) => ({
      label: `${name}, %`,
      values,
      format: (value: number) => formatNumber(value, 2),
    })
    return columnTable([
      { label: t('chart.impressions'), values: data.impressions, format: formatInteger },
      perCent(data.names[0], data.q),
      perCent(data.names[1], data.explore),
      ...knownReferences(data).map(({ id, values }) => perCent(t(`reference.${id}`), values)),
    ])
  },
}

/** 12,000 → 12k, for axes. */
export function shortCount(value: number): string {
  if (value < 1000) return formatInteger(value)
  return value < 1e6
    ? `${formatNumber(value / 1000, value % 1000 === 0 ? 0 : 1)}k`
    : `${formatNumber(value / 1e6, value % 1e6 === 0 ? 0 : 1)}M`
}

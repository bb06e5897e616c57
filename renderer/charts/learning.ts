import { formatInteger, formatNumber } from '#core/format'
import type { PointMetric } from '#core/run/point'
import type { Translate } from '../i18n.ts'
import type { Curve } from '../stores/curve.ts'
import { referenceLines } from '../theme/outcomeStyle.ts'
import type { Chart } from './chart.ts'
import { columnTable } from './columnTable.ts'
import { cursorLine, line, roundStep, sideLabels } from './parts.ts'

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

/** Expected clicks per shown item, in per cent. */
export interface LearningCurves {
  readonly impressions: readonly number[] // end of each bin
  readonly q: readonly number[]
  readonly explore: readonly number[]
  /** Mean over the last fifth of the impressions so far; NaN before the first point. */
  readonly lately: { readonly q: number; readonly explore: number }
  /** Mean over the whole run so far, on the same requests; null where it is not known. */
  readonly references: Readonly<Record<ReferenceId, number | null>>
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
  const weights = impressions.map((value, row) => value - (row === 0 ? 0 : impressions[row - 1]!))
  const mean = (metric: PointMetric, from: number, to: number) => {
    const column = curve.column(metric).subarray(from, to)
    let sum = 0
    let weight = 0
    column.forEach((value, i) => {
      if (!Number.isFinite(value)) return
      sum += value * weights[from + i]!
      weight += weights[from + i]!
    })
    return weight === 0 ? Number.NaN : (100 * sum) / weight
  }
  const ends = binEnds(impressions, total)
  const binned = (metric: PointMetric) =>
    ends.map((end, bin) => mean(metric, bin === 0 ? 0 : ends[bin - 1]!, end))
  const overall = (metric: PointMetric) => {
    const value = mean(metric, 0, impressions.length)
    return Number.isFinite(value) ? value : null
  }
  const recent = impressions.findIndex((value) => value > 0.8 * (impressions.at(-1) ?? 0))
  return {
    lately: {
      q: mean('ctrA', Math.max(0, recent), impressions.length),
      explore: mean('ctrB', Math.max(0, recent), impressions.length),
    },
    impressions: ends.map((end) => impressions[end - 1]!),
    q: binned('ctrA'),
    explore: binned('ctrB'),
    references: {
      random: overall(referenceMetric.random),
      popularity: overall(referenceMetric.popularity),
      staticBest: overall(referenceMetric.staticBest),
      greedyMf: overall(referenceMetric.greedyMf),
      untrained: overall(referenceMetric.untrained),
      oracle: overall(referenceMetric.oracle),
    },
    total,
    names,
  }
}

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

/** Puts the curve into words: the nearest reference lines below and above what Q earned lately. */
export function placeOfQ({ lately, references }: LearningCurves): {
  readonly above: ReferenceId | null
  readonly below: ReferenceId | null
} | null {
  const last = lately.q
  if (!Number.isFinite(last)) return null
  const known = referenceIds
    .map((id) => ({ id, value: references[id] }))
    .filter((line): line is { id: ReferenceId; value: number } => line.value !== null)
    .sort((one, other) => one.value - other.value)
  return {
    above: known.filter(({ value }) => value <= last).at(-1)?.id ?? null,
    below: known.find(({ value }) => value > last)?.id ?? null,
  }
}

/** As much of a name as fits beside its number. */
const short = (name: string): string => (name.length > 10 ? `${name.slice(0, 9)}…` : name)

export const learning: Chart<LearningCurves> = {
  draw(data, { token, width, height, t, cursor }) {
    const box = { left: 34, right: 118, top: 10, bottom: 36 }
    const values = [...data.q, ...data.explore, ...Object.values(data.references)].filter(
      (value): value is number => value !== null && Number.isFinite(value),
    )
    const step = roundStep(Math.max(1, ...values) * 1.06, 4)
    const yMax = Math.max(step, Math.ceil((Math.max(0, ...values) * 1.06) / step) * step)
    const plotHeight = height - box.top - box.bottom
    const yPixel = (value: number) => box.top + (1 - value / yMax) * plotHeight
    const xMax = Math.max(data.total, data.impressions.at(-1) ?? 0)
    const last = data.impressions.at(-1) ?? 0
    const lines = referenceLines(token)
    const references = referenceIds.flatMap((id) => {
      const value = data.references[id]
      return value === null ? [] : [{ id, value }]
    })
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
          ...references.map(({ id, value }) => ({
            type: 'line',
            silent: true,
            data: [
              [0, value],
              [xMax, value],
            ],
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
            ...references.map(({ id, value }) => ({
              y: yPixel(value),
              text: `${t(`reference.${id}`)} ${formatNumber(value, 1)}`,
              fill: token('ink-3'),
              stroke: lines[id].color,
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
    const known = referenceIds.flatMap((id) => {
      const value = data.references[id]
      return value === null ? [] : [{ id, value }]
    })
    const perCent = (name: string, values: readonly number[]) => ({
      label: `${name}, %`,
      values,
      format: (value: number) => formatNumber(value, 2),
    })
    return columnTable([
      { label: t('chart.impressions'), values: data.impressions, format: formatInteger },
      perCent(data.names[0], data.q),
      perCent(data.names[1], data.explore),
      ...known.map(({ id, value }) =>
        perCent(
          t(`reference.${id}`),
          data.impressions.map(() => value),
        ),
      ),
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

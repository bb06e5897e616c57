import { formatInteger } from '#core/format'
import type { PointMetric } from '#core/run/point'
import type { Curve } from '../stores/curve.ts'
import { outcomeBars } from '../theme/outcomeStyle.ts'
import type { Chart } from './chart.ts'
import { columnTable } from './columnTable.ts'
import { shortCount } from './learning.ts'

const BINS = 20
export const outcomeIds = ['a', 'b', 'tie', 'noVote'] as const
type OutcomeId = (typeof outcomeIds)[number]

const metric = { a: 'winsA', b: 'winsB', tie: 'ties', noVote: 'noVotes' } as const

/** Counts of impressions by outcome, in bins of equal width. */
export interface OutcomeBins {
  readonly width: number // impressions per bin
  readonly planned: number // number of bins of the whole run
  readonly ends: readonly number[] // impressions at the end of each bin that has begun
  readonly counts: Readonly<Record<OutcomeId, readonly number[]>>
  /** Update duels that decided nothing, and major updates, in each bin. */
  readonly marks: Readonly<Record<'void' | 'major', readonly number[]>>
  /** Impressions at a time cursor, which is drawn. */
  readonly at?: number
}

export function outcomeBins(curve: Curve, total: number): OutcomeBins {
  const width = Math.max(1, Math.ceil(total / BINS))
  const impressions = curve.column('impressions')
  // last row of each bin; cumulative counts there, their differences are the bin's own
  const rows: number[] = []
  impressions.forEach((value, row) => {
    rows[Math.ceil(value / width) - 1] = row
  })
  const filled = Array.from(rows, (row, bin) => ({ row, bin })).filter(
    (entry): entry is { row: number; bin: number } =>
      (entry.row as number | undefined) !== undefined,
  )
  const ofBins = (name: PointMetric) => {
    const column = curve.column(name)
    return filled.map(({ row }, i) => column[row]! - (i === 0 ? 0 : column[filled[i - 1]!.row]!))
  }
  const counts = (id: OutcomeId) => ofBins(metric[id])
  return {
    width,
    planned: Math.max(1, Math.ceil(total / width)),
    ends: filled.map(({ bin }) => (bin + 1) * width),
    counts: { a: counts('a'), b: counts('b'), tie: counts('tie'), noVote: counts('noVote') },
    marks: { void: ofBins('duelsVoid'), major: ofBins('majorUpdates') },
  }
}

const markIds = ['void', 'major'] as const
const CROSS = 'path://M0 1 1 0 5 4 9 0 10 1 6 5 10 9 9 10 5 6 1 10 0 9 4 5Z'

const binOf = ({ width, planned }: OutcomeBins, impressions: number): number =>
  Math.max(0, Math.min(planned, Math.ceil(impressions / width)) - 1)

export const outcomes: Chart<OutcomeBins> = {
  draw(data, { token, t, cursor, width }) {
    const box = { left: 40, right: 6, top: 14, bottom: 36 }
    const styles = outcomeBars(token)
    const names = Array.from({ length: data.planned }, (_, bin) => String((bin + 1) * data.width))
    const every = Math.ceil(names.length / Math.max(2, Math.floor(width / 80)))
    const bars = (id: OutcomeId) => ({
      type: 'bar',
      stack: 'outcomes',
      barWidth: '72%',
      silent: true,
      itemStyle: styles[id],
      data: names.map((name) => data.counts[id][data.ends.indexOf(Number(name))] ?? 0),
    })
    const top = (bin: number) => outcomeIds.reduce((sum, id) => sum + data.counts[id][bin]!, 0)
    /** Above the bar of each bin that has one. */
    const mark = (id: (typeof markIds)[number], symbol: string, right: number) => ({
      type: 'scatter',
      cursor: 'pointer',
      z: 5,
      symbol,
      symbolSize: 6,
      symbolOffset: [right - 4, -7],
      itemStyle: { opacity: 1, color: token('ink') },
      data: data.ends.flatMap((end, bin) =>
        data.marks[id][bin]! > 0 ? [{ value: [String(end), top(bin)], impression: end }] : [],
      ),
    })
    return {
      option: {
        grid: box,
        xAxis: {
          type: 'category',
          data: names,
          name: t('chart.impressions'),
          nameGap: 21,
          axisLabel: {
            interval: 0,
            formatter: (name: string, index: number) =>
              (index + 1) % every === 0 ? shortCount(Number(name)) : '',
          },
        },
        yAxis: {
          type: 'value',
          splitNumber: 3,
          minInterval: 1, // of lists
          axisLabel: { formatter: shortCount },
        },
        series: [
          bars('a'),
          bars('tie'),
          bars('b'),
          bars('noVote'),
          mark('void', CROSS, 0),
          mark('major', 'rect', 9),
          {
            type: 'line',
            data: [],
            markLine: {
              data: [
                ...(cursor === null || data.ends[cursor] === undefined
                  ? []
                  : [{ xAxis: String(data.ends[cursor]), lineStyle: { type: 'solid' } }]),
                ...(data.at === undefined ? [] : [{ xAxis: names[binOf(data, data.at)] }]),
              ],
            },
          },
        ],
      },
      plot: {
        left: box.left,
        right: box.right,
        xMin: data.width / 2,
        xMax: data.planned * data.width + data.width / 2,
      },
    }
  },
  table: (data, t) => ({
    ...columnTable([
      { label: t('chart.impressions'), values: data.ends, format: formatInteger },
      ...outcomeIds.map((id) => ({
        label: id === 'a' || id === 'b' ? id.toUpperCase() : t(`outcome.${id}`),
        values: data.counts[id],
        format: formatInteger,
      })),
      ...markIds
        .filter((id) => data.marks[id].some((n) => n > 0))
        .map((id) => ({
          label: t(id === 'void' ? 'live.void' : 'live.majorUpdates'),
          values: data.marks[id],
          format: formatInteger,
        })),
    ]),
    moments: data.ends,
  }),
}

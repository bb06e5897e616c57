import { formatInteger, formatNumber } from '#core/format'
import type { RunId } from '#core/contract/ids'
import { runStyle, type RunShape } from '../theme/runStyle.ts'
import type { Chart } from './chart.ts'
import { endsOf } from './parts.ts'

export interface ParetoPoint {
  readonly run: RunId
  readonly name: string
  readonly clicks: number // expected clicks per item, per cent
  readonly items: number // effective items
  readonly onFront: boolean
}

/** Points that no other beats in both. @returns in order of rising clicks */
export function paretoFront(
  points: readonly Omit<ParetoPoint, 'onFront'>[],
): readonly ParetoPoint[] {
  return points
    .map((point) => ({
      ...point,
      onFront: !points.some(
        (other) =>
          other.clicks >= point.clicks &&
          other.items >= point.items &&
          (other.clicks > point.clicks || other.items > point.items),
      ),
    }))
    .sort((one, other) => one.clicks - other.clicks)
}

const symbols: Readonly<Record<RunShape, string>> = {
  circle: 'circle',
  rect: 'rect',
  diamond: 'diamond',
  triangle: 'triangle',
  plus: 'path://M3.5.5h3v3h3v3h-3v3h-3v-3h-3v-3h3Z',
  pin: 'path://M.4 1h9.2L5 9.4Z',
  star: 'path://M5 .2 6.4 3.5 10 3.8 7.3 6.2 8.1 9.8 5 7.9 1.9 9.8 2.7 6.2 0 3.8 3.6 3.5Z',
  bar: 'path://M.5 3h9v4h-9Z',
}

/** Whether another mark a little above stands so near that the names beside both would meet. */
function isCrowded(points: readonly ParetoPoint[], at: number): boolean {
  const spread = (read: (point: ParetoPoint) => number) =>
    Math.max(...points.map(read)) - Math.min(...points.map(read)) || 1
  const [wide, high] = [spread(({ clicks }) => clicks), spread(({ items }) => items)]
  const { clicks, items } = points[at]!
  return points.some(
    (other, i) =>
      i !== at &&
      Math.abs(other.clicks - clicks) < 0.25 * wide &&
      other.items >= items &&
      other.items - items < 0.08 * high,
  )
}

export const paretoRuns: Chart<readonly ParetoPoint[]> = {
  draw(points, { token, cursor }) {
    const axis = {
      type: 'value',
      scale: true,
      axisLabel: { color: token('ink-3'), fontSize: 11 },
      axisLine: { show: true, lineStyle: { color: token('line-strong') } },
      splitLine: { show: false },
    }
    const front = points.filter(({ onFront }) => onFront)
    const clicks = points.map((point) => point.clicks)
    /** Of an axis on which all points are equal: left alone it would show their rounding. */
    const ends = (values: readonly number[]) => {
      const { low, high } = endsOf(values)
      return low < Math.min(...values) ? { min: low, max: high } : {}
    }
    return {
      option: {
        animation: false,
        aria: { enabled: false },
        grid: { left: 52, right: 90, top: 14, bottom: 34 },
        xAxis: { ...axis, ...ends(clicks), splitNumber: 4 },
        yAxis: { ...axis, ...ends(points.map(({ items }) => items)), splitNumber: 4 },
        series: [
          {
            type: 'line',
            silent: true,
            symbol: 'none',
            lineStyle: { color: token('ink-3'), width: 1, type: [4, 3] },
            data: front.map((point) => [point.clicks, point.items]),
          },
          {
            type: 'scatter',
            silent: true,
            data: points.map((point, i) => ({
              value: [point.clicks, point.items],
              symbol: symbols[runStyle(point.run).shape],
              symbolSize: cursor === i ? 15 : 11,
              itemStyle: { color: token(runStyle(point.run).token) },
              label: {
                show: points.length <= 12,
                position: isCrowded(points, i) ? 'bottom' : 'right',
                formatter: point.name.length > 18 ? `${point.name.slice(0, 17)}…` : point.name,
                color: token('ink-2'),
                fontSize: 11,
              },
            })),
          },
        ],
      },
      plot: { left: 52, right: 90, xMin: Math.min(...clicks), xMax: Math.max(...clicks) },
    }
  },
  table: (points, t) => ({
    columns: [t('compare.title'), t('compare.metric.ctr'), t('compare.metric.effectiveItems'), ''],
    rows: points.map(({ name, clicks, items, onFront }) => [
      name,
      `${formatNumber(clicks, 2)} %`,
      formatInteger(items),
      onFront ? t('compare.onFront') : '',
    ]),
    x: points.map(({ clicks }) => clicks),
  }),
}

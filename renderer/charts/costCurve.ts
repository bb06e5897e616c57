import type { NetworkMoment } from '#core/contract/runs'
import { formatInteger, formatNumber } from '#core/format'
import type { Curve } from '../stores/curve.ts'
import type { Chart } from './chart.ts'
import { impressionAxis } from './impressionAxis.ts'
import { band, line, noPatterns, roundStep, text } from './parts.ts'
import { rowsToDraw } from './thin.ts'

/** Expected clicks lost so far over impressions, and its interval where it was recorded. */
export interface CostCurve {
  readonly impressions: readonly number[]
  readonly cost: readonly number[]
  readonly bandAt: readonly number[]
  readonly low: readonly number[]
  readonly high: readonly number[]
  readonly total: number
  readonly at: number // impressions at the time cursor
}

export function costCurve(
  curve: Curve,
  moments: readonly NetworkMoment[],
  total: number,
  at: number,
): CostCurve {
  const cost = curve.column('explorationCost')
  const impressions = curve.column('impressions')
  const rows = rowsToDraw(cost)
  const known = moments.filter(({ costLow, costHigh }) => costLow !== null && costHigh !== null)
  return {
    impressions: rows.map((row) => impressions[row]!),
    cost: rows.map((row) => cost[row]!),
    bandAt: known.map(({ impression }) => impression),
    low: known.map(({ costLow }) => costLow!),
    high: known.map(({ costHigh }) => costHigh!),
    total,
    at,
  }
}

/** Row of the last point at or before the time cursor. */
export const costRow = ({ impressions, at }: CostCurve): number =>
  impressions.findLastIndex((value) => value <= at)

export const costChart: Chart<CostCurve> = {
  draw(data, { token, width, height, t, cursor }) {
    const box = { left: 46, right: 14, top: 12, bottom: 38 }
    const values = [...data.cost, ...data.low, ...data.high].filter(Number.isFinite)
    const [low, high] = [Math.min(0, ...values), Math.max(1, ...values)]
    const step = roundStep(high - low, 4)
    const limits = { min: Math.floor(low / step) * step, max: Math.ceil(high / step) * step }
    const row = costRow(data)
    const looked = cursor ?? row
    const value = data.cost[looked]
    const plotWidth = width - box.left - box.right
    const plotHeight = height - box.top - box.bottom
    const x = box.left + ((data.impressions[looked] ?? 0) / data.total) * plotWidth
    const y = box.top + ((limits.max - (value ?? 0)) / (limits.max - limits.min)) * plotHeight
    const right = x < box.left + plotWidth / 2
    return {
      option: {
        aria: noPatterns,
        grid: box,
        xAxis: impressionAxis(data.total, plotWidth, t),
        yAxis: {
          type: 'value',
          ...limits,
          interval: step,
          axisLabel: { formatter: (tick: number) => formatInteger(tick) },
        },
        series: [
          band(data.bandAt, data.low, data.high, token('neutral-band'), limits),
          {
            type: 'line',
            silent: true,
            symbol: 'none',
            z: 3,
            data: line(data.impressions, data.cost),
            lineStyle: { color: token('ink'), width: 2 },
            markLine: {
              data: [
                { yAxis: 0, lineStyle: { color: token('line-strong'), type: 'solid' } },
                { xAxis: data.at, lineStyle: { color: token('ink') } },
              ],
            },
          },
          {
            type: 'scatter',
            silent: true,
            z: 5,
            symbolSize: 9,
            data: value === undefined ? [] : [[data.impressions[looked], value]],
            itemStyle: {
              opacity: 1,
              color: token('ink'),
              borderColor: token('surface'),
              borderWidth: 2,
            },
          },
        ],
        graphic:
          value === undefined
            ? []
            : [
                text(token, {
                  x: x + (right ? 10 : -10),
                  y: Math.max(box.top + 8, y - 12),
                  text: t('networks.costHere', { n: formatNumber(value, 0) }),
                  fill: token('ink'),
                  weight: 500,
                  align: right ? 'left' : 'right',
                }),
              ],
      },
      plot: { left: box.left, right: box.right, xMin: 0, xMax: data.total },
    }
  },
  table: (data, t) => ({
    columns: [t('chart.impressions'), t('networks.cost')],
    rows: data.impressions.map((n, row) => [formatInteger(n), formatNumber(data.cost[row]!, 1)]),
    x: data.impressions,
    values: [data.impressions, data.cost],
  }),
}

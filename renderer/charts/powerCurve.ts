import { formatInteger, formatNumber, formatSetting } from '#core/format'
import type { PowerCurve } from '#core/preview/planPreview'
import type { Chart } from './chart.ts'
import { columnTable } from './columnTable.ts'
import { shortCount } from './learning.ts'
import { cursorLine, line, roundStep, text } from './parts.ts'

export interface PowerData {
  readonly curve: PowerCurve
  readonly planned: number // users
  readonly wanted: number // power
}

/** Power of one look against users, with the planned users and the wanted power. */
export const powerCurve: Chart<PowerData> = {
  draw({ curve, planned, wanted }, { token, t, width, cursor }) {
    const box = { left: 34, right: 54, top: 10, bottom: 34 }
    const xMax = curve.users.at(-1) ?? 1
    const here = curve.power[curve.users.findIndex((users) => users >= planned)] ?? null
    const marks = [
      { yAxis: wanted },
      { xAxis: planned, lineStyle: { color: token('ink') } },
      ...cursorLine(curve.users, cursor),
    ]
    return {
      option: {
        grid: box,
        xAxis: {
          type: 'value',
          min: 0,
          max: xMax,
          interval: roundStep(xMax, Math.max(2, Math.floor((width - 90) / 70))),
          name: t('preview.users'),
          nameGap: 20,
          axisLabel: { formatter: (value: number) => (value < xMax ? shortCount(value) : '') },
        },
        yAxis: {
          type: 'value',
          min: 0,
          max: 1,
          interval: 0.5,
          splitLine: { show: true },
          axisLabel: { formatter: (value: number) => formatSetting(value * 100) },
        },
        series: [
          {
            type: 'line',
            silent: true,
            data: line(curve.users, curve.power),
            lineStyle: { color: token('ink'), width: 1.75 },
            markLine: { data: marks },
          },
          {
            type: 'scatter',
            silent: true,
            symbol: 'circle',
            symbolSize: 7,
            z: 5,
            data: here === null ? [] : [[planned, here]],
            itemStyle: { color: token('ink') },
          },
        ],
        graphic:
          here === null
            ? []
            : [
                text(token, {
                  x: width - box.right + 8,
                  y: box.top + 4,
                  text: `${formatNumber(here * 100, 0)}\u00a0%`,
                  fill: token('ink'),
                  weight: 600,
                }),
              ],
      },
      plot: { left: box.left, right: box.right, xMin: 0, xMax },
    }
  },
  table: ({ curve }, t) =>
    columnTable([
      { label: t('preview.users'), values: curve.users, format: formatInteger },
      {
        label: `${t('preview.power')}, %`,
        values: curve.power.map((share) => 100 * share),
        format: (value) => formatNumber(value, 1),
      },
    ]),
}

import { formatInteger, formatNumber } from '#core/format'
import type { TrainReport } from '#core/largeAction/trainReport'
import type { Chart } from './chart.ts'
import { columnTable } from './columnTable.ts'
import { shortCount } from './learning.ts'
import { cursorLine, line, noPatterns, roundStep, text } from './parts.ts'

/** A gauge of a training, and the value that it should stay at or below. */
interface GaugeCurve {
  readonly report: TrainReport
  readonly gauge: string
  readonly limit: number | null
  readonly limitName: string
  readonly total: number // updates
}

/** One gauge over the updates, from zero, with its limit as a line. */
export const gaugeCurve: Chart<GaugeCurve> = {
  draw({ report, gauge, limit, limitName, total }, { token, width, height, t, cursor }) {
    const box = { left: 52, right: 14, top: 16, bottom: 36 }
    const updates = report.points.map(({ update }) => update)
    const values = valuesOf(report, gauge)
    const known = [...values, limit ?? 0].filter((value) => Number.isFinite(value))
    const step = roundStep(Math.max(1e-9, ...known) * 1.1, 4)
    const yMax = Math.ceil((Math.max(...known) * 1.1) / step) * step || step
    return {
      option: {
        aria: noPatterns,
        grid: box,
        xAxis: {
          type: 'value',
          min: 0,
          max: total,
          interval: roundStep(total, Math.max(2, Math.floor((width - 66) / 70))),
          name: t('train.updates'),
          nameGap: 21,
          axisLabel: { formatter: (value: number) => shortCount(value) },
        },
        yAxis: { type: 'value', min: 0, max: yMax, interval: step },
        series: [
          {
            type: 'line',
            silent: true,
            showSymbol: false,
            data: line(updates, values),
            lineStyle: { color: token('a'), width: 1.75 },
            markLine: {
              data: [
                ...(limit === null ? [] : [{ yAxis: limit, lineStyle: { color: token('warn') } }]),
                ...cursorLine(updates, cursor),
              ],
            },
          },
        ],
        graphic:
          limit === null
            ? []
            : [
                text(token, {
                  x: width - box.right,
                  y: box.top + (1 - limit / yMax) * (height - box.top - box.bottom) + 9,
                  text: limitName,
                  fill: token('warn'),
                  align: 'right',
                }),
              ],
      },
      plot: { left: box.left, right: box.right, xMin: 0, xMax: total },
    }
  },
  table: ({ report, gauge }, t) =>
    columnTable([
      {
        label: t('train.updates'),
        values: report.points.map(({ update }) => update),
        format: formatInteger,
      },
      {
        label: t(`train.gauges.${gauge}`),
        values: valuesOf(report, gauge),
        format: (value) => formatNumber(value, 5),
      },
    ]),
}

const valuesOf = ({ points }: TrainReport, gauge: string): number[] =>
  points.map(({ gauges }) => gauges[gauge] ?? Number.NaN)

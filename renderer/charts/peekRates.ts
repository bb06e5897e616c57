import { formatPercent } from '#core/format'
import type { PeekReport, Rate } from '#core/peekLab/peekReport'
import type { Chart } from './chart.ts'
import type { Coordinates } from './customShapes.ts'
import { text } from './parts.ts'
import { peekMethodAxis } from './peekMethodAxis.ts'

/** Bars of one rate per method, with its interval; `level` draws the error rate as a line. */
export function peekRates(rate: 'falsePositives' | 'power', level: boolean): Chart<PeekReport> {
  return {
    draw(report, { token, t, width, cursor }) {
      const box = { left: 40, right: 12, top: 18, bottom: 40 }
      const { methods, alpha } = report
      const rates = methods.map((method) => method[rate])
      const most = level ? Math.max(2.4 * alpha, ...rates.map(({ high }) => high)) : 1
      return {
        option: {
          grid: box,
          xAxis: peekMethodAxis(methods, t),
          yAxis: {
            type: 'value',
            min: 0,
            max: Math.min(1, Math.ceil(10 * most) / 10),
            axisLabel: { formatter: (value: number) => String(Math.round(100 * value)) },
          },
          series: [
            {
              type: 'bar',
              silent: true,
              barWidth: '56%',
              data: methods.map(({ naive }, i) => ({
                value: rates[i]!.value,
                itemStyle: naive
                  ? { color: token('surface'), borderColor: token('ink-2'), borderWidth: 1 }
                  : { color: token(i === cursor ? 'ink' : 'ink-2') },
              })),
              markLine: {
                data: level ? [{ yAxis: alpha, lineStyle: { color: token('warn') } }] : [],
              },
            },
            {
              type: 'custom',
              silent: true,
              z: 5,
              data: rates.map(({ low, high }, i) => [i, low, high]),
              renderItem: (_params: unknown, api: Coordinates) =>
                whisker(api, token('ink'), token('surface')),
            },
          ],
          graphic: level
            ? [
                text(token, {
                  x: width - box.right,
                  y: 8,
                  text: t('peekLab.errorRate', { rate: formatPercent(alpha, 0) }),
                  fill: token('warn'),
                  align: 'right',
                }),
              ]
            : [],
        },
        plot: { left: box.left, right: box.right, xMin: -0.5, xMax: methods.length - 0.5 },
      }
    },
    table: ({ methods }, t) => ({
      columns: [t('peekLab.method'), t(`peekLab.${rate}`), t('peekLab.low'), t('peekLab.high')],
      rows: methods.map((method) => {
        const { value, low, high }: Rate = method[rate]
        const numbers = [value, low, high].map((share) => formatPercent(share))
        return [t(`peekLab.ids.${method.id}`), ...numbers]
      }),
      x: methods.map((_, i) => i),
    }),
  }
}

/** The interval of a bar, with a light edge so that it shows on the bar as well. */
function whisker(api: Coordinates, stroke: string, edge: string) {
  const [x = 0, low = 0] = api.coord([api.value(0), api.value(1)])
  const [, high = 0] = api.coord([api.value(0), api.value(2)])
  const line = (colour: string, lineWidth: number) => ({
    type: 'line',
    shape: { x1: x, y1: low, x2: x, y2: high },
    style: { stroke: colour, lineWidth },
  })
  return { type: 'group', children: [line(edge, 4), line(stroke, 1.5)] }
}

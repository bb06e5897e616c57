import { formatInteger, formatNumber } from '#core/format'
import type { Chart } from './chart.ts'
import { impressionAxis } from './impressionAxis.ts'
import { band, cursorLine, line, noPatterns, roundStep, sideLabels } from './parts.ts'

/** Values over impressions, each with a name at its end, and at most one band. */
export interface Trend {
  readonly x: readonly number[] // impressions, ascending
  readonly lines: readonly { readonly name: string; readonly y: readonly number[] }[]
  readonly band?: { readonly low: readonly number[]; readonly high: readonly number[] }
  readonly total: number
  readonly digits: number
}

export const trend: Chart<Trend> = {
  draw(data, { token, width, height, t, cursor }) {
    const box = { left: 50, right: data.lines.length > 1 ? 74 : 46, top: 10, bottom: 38 }
    const all = [
      ...data.lines.flatMap(({ y }) => y),
      ...(data.band ? [...data.band.low, ...data.band.high] : []),
    ].filter(Number.isFinite)
    const [low, high] = [Math.min(...all), Math.max(...all)]
    const step = roundStep(Math.max(high - low, Math.abs(high) / 10, 1e-6), 4)
    const limits = {
      min: all.length > 0 ? Math.floor(low / step) * step : 0,
      max: all.length > 0 ? Math.max(Math.ceil(high / step), Math.floor(low / step) + 1) * step : 1,
    }
    const plotWidth = width - box.left - box.right
    const yPixel = (value: number) =>
      box.top + ((limits.max - value) / (limits.max - limits.min)) * (height - box.top - box.bottom)
    const dashes = ['solid', [5, 3], [2, 2]] as const
    const ends = data.lines.map(({ name, y }) => ({ name, end: y.findLast(Number.isFinite) }))
    return {
      option: {
        aria: noPatterns,
        grid: box,
        xAxis: impressionAxis(data.total, plotWidth, t),
        yAxis: {
          type: 'value',
          ...limits,
          interval: step,
          axisLabel: { formatter: (value: number) => formatNumber(value, data.digits) },
        },
        series: [
          ...(data.band
            ? [band(data.x, data.band.low, data.band.high, token('neutral-band'), limits)]
            : []),
          ...data.lines.map(({ y }, i) => ({
            type: 'line',
            silent: true,
            symbol: 'none',
            z: 3,
            data: line(data.x, y),
            lineStyle: {
              color: token(i === 0 ? 'ink' : 'ink-2'),
              width: 1.75,
              type: dashes[i % 3],
            },
          })),
          {
            type: 'line',
            data: [],
            markLine: {
              data: cursorLine(data.x, cursor),
            },
          },
        ],
        graphic: sideLabels(
          token,
          ends.flatMap(({ name, end }) =>
            end === undefined
              ? []
              : [
                  {
                    y: yPixel(end),
                    text: data.lines.length > 1 ? name : formatNumber(end, data.digits),
                    fill: token('ink'),
                    stroke: token('line-strong'),
                  },
                ],
          ),
          width - box.right,
          { top: box.top + 4, bottom: height - box.bottom - 4 },
        ),
      },
      plot: { left: box.left, right: box.right, xMin: 0, xMax: data.total },
    }
  },
  table: ({ x, lines, band: range, digits }, t) => ({
    columns: [
      t('chart.impressions'),
      ...lines.map(({ name }) => name),
      ...(range ? [t('chart.low'), t('chart.high')] : []),
    ],
    rows: x.map((n, row) => [
      formatInteger(n),
      ...lines.map(({ y }) => formatNumber(y[row]!, digits)),
      ...(range
        ? [formatNumber(range.low[row]!, digits), formatNumber(range.high[row]!, digits)]
        : []),
    ]),
    x,
    values: [x, ...lines.map(({ y }) => y), ...(range ? [range.low, range.high] : [])],
  }),
}

import { formatInteger, formatNumber } from '#core/format'
import { expectedMaximum } from '#core/largeAction/wolpertinger/expectedMaximum'
import type { MaximumModel } from '#core/largeAction/wolpertinger/fitMaximum'
import type { Chart } from './chart.ts'
import { columnTable } from './columnTable.ts'
import { line, roundStep, text } from './parts.ts'

interface NeighbourCurve {
  /** Of finished trainings that differ in k alone, by k; several seeds may share one. */
  readonly measured: readonly { readonly k: number; readonly value: number }[]
  /** Eq. 7-6 fitted to them; null below three different k. */
  readonly model: MaximumModel | null
}

/** What k neighbours earn, and the closed form of eq. 7-6 beside it; k on a logarithmic axis. */
export const neighbourCurve: Chart<NeighbourCurve> = {
  draw({ measured, model }, { token, width, height, t }) {
    const box = { left: 52, right: 14, top: 16, bottom: 36 }
    const most = Math.max(10, ...measured.map(({ k }) => k))
    const xMax = Math.ceil(Math.log10(most))
    const curve = model ? grid(most).map((k) => [k, expectedMaximum(model, k)] as const) : []
    const values = [...measured.map(({ value }) => value), ...curve.map(([, value]) => value)]
    const [low, high] = [Math.min(...values), Math.max(...values)]
    const step = roundStep(Math.max(0.01, high - low), 4)
    const [yMin, yMax] = [Math.floor(low / step) * step, (Math.floor(high / step) + 1) * step]
    return {
      option: {
        grid: box,
        xAxis: {
          type: 'value',
          min: 0,
          max: xMax,
          interval: 1,
          name: t('train.k'),
          nameGap: 21,
          axisLabel: { formatter: (value: number) => formatInteger(10 ** value) },
        },
        yAxis: {
          type: 'value',
          min: yMin,
          max: yMax,
          interval: step,
          axisLabel: { formatter: (value: number) => formatNumber(value, 2) },
        },
        series: [
          {
            type: 'line',
            silent: true,
            showSymbol: false,
            data: line(
              curve.map(([k]) => Math.log10(k)),
              curve.map(([, value]) => value),
            ),
            lineStyle: { color: token('ink-2'), width: 1.5, type: 'dashed' },
          },
          {
            type: 'scatter',
            silent: true,
            symbolSize: 8,
            data: measured.map(({ k, value }) => [Math.log10(k), value]),
            itemStyle: { color: token('a') },
          },
        ],
        graphic: model
          ? [
              text(token, {
                x: width - box.right,
                y: height - box.bottom - 12,
                text: t('train.equation', {
                  q: formatNumber(model.q, 2),
                  p: formatNumber(model.p, 2),
                  b: formatNumber(model.b, 2),
                  c: formatNumber(model.c, 2),
                }),
                fill: token('ink-2'),
                align: 'right',
              }),
            ]
          : [],
      },
      plot: { left: box.left, right: box.right, xMin: 0, xMax },
    }
  },
  table: ({ measured, model }, t) => ({
    ...columnTable([
      { label: t('train.k'), values: measured.map(({ k }) => k), format: formatInteger },
      {
        label: t('train.measured'),
        values: measured.map(({ value }) => value),
        format: (value) => formatNumber(value, 4),
      },
      {
        label: t('train.closedForm'),
        values: measured.map(({ k }) => (model ? expectedMaximum(model, k) : Number.NaN)),
        format: (value) => formatNumber(value, 4),
      },
    ]),
    x: measured.map(({ k }) => Math.log10(k)),
  }),
}

/** Whole numbers of neighbours, evenly spread on a logarithmic axis. */
const grid = (most: number): readonly number[] => [
  ...new Set(Array.from({ length: 60 }, (_, i) => Math.round(most ** (i / 59)))),
]

import { formatInteger, formatNumber } from '#core/format'
import type { TrainReport } from '#core/largeAction/trainReport'
import type { Chart } from './chart.ts'
import { columnTable } from './columnTable.ts'
import { shortCount } from './learning.ts'
import { cursorLine, line, noPatterns, roundStep, sideLabels } from './parts.ts'

interface TrainCurve {
  readonly report: TrainReport
  readonly total: number // updates
}

/** Mean answer per step of held-out users over the updates, argmax and sampled, beside the baselines. */
export const trainCurve: Chart<TrainCurve> = {
  draw({ report, total }, { token, width, height, t, cursor }) {
    const box = { left: 44, right: 176, top: 12, bottom: 36 }
    const { points, baselines } = report
    const updates = points.map(({ update }) => update)
    const argmax = points.map((point) => point.argmax.raw)
    const sampled = points.map((point) => point.sampled?.raw ?? Number.NaN)
    const known = [...argmax, ...sampled, ...baselines.map(({ figures }) => figures.raw)].filter(
      (value) => Number.isFinite(value),
    )
    const [low, high] = [Math.min(0, ...known), Math.max(0.01, ...known)]
    const step = roundStep(high - low, 4)
    const yMin = Math.floor(low / step) * step
    const yMax = Math.ceil(high / step) * step
    const yPixel = (value: number) =>
      box.top + (1 - (value - yMin) / (yMax - yMin)) * (height - box.top - box.bottom)
    const series = (values: readonly number[], color: string) => ({
      type: 'line',
      z: 4,
      silent: true,
      showSymbol: false,
      data: line(updates, values),
      lineStyle: { color, width: 1.75 },
    })
    const ends = [
      { name: t('train.argmax'), value: argmax.at(-1), colour: 'a' as const, mark: '●' },
      { name: t('train.sampled'), value: sampled.at(-1), colour: 'b' as const, mark: '▲' },
    ]
    return {
      option: {
        aria: noPatterns,
        grid: box,
        xAxis: {
          type: 'value',
          min: 0,
          max: total,
          interval: roundStep(total, Math.max(2, Math.floor((width - 220) / 70))),
          name: t('train.updates'),
          nameGap: 21,
          axisLabel: { formatter: (value: number) => shortCount(value) },
        },
        yAxis: {
          type: 'value',
          min: yMin,
          max: yMax,
          interval: step,
          axisLabel: { formatter: (value: number) => formatNumber(value, step < 0.1 ? 2 : 1) },
        },
        series: [
          ...baselines.map(({ figures }) => ({
            type: 'line',
            silent: true,
            showSymbol: false,
            data: [
              [0, figures.raw],
              [total, figures.raw],
            ],
            lineStyle: { color: token('ink-3'), width: 1, type: 'dashed' },
          })),
          series(sampled, token('b')),
          series(argmax, token('a')),
          {
            type: 'line',
            data: [],
            markLine: {
              data: cursorLine(updates, cursor),
            },
          },
        ],
        graphic: sideLabels(
          token,
          [
            ...baselines.map(({ id, figures }) => ({
              y: yPixel(figures.raw),
              text: `${t(`train.baselines.${id}`)} ${formatNumber(figures.raw, 3)}`,
              fill: token('ink-3'),
              stroke: token('ink-3'),
            })),
            ...ends.flatMap(({ name, value, colour, mark }) =>
              value === undefined || !Number.isFinite(value)
                ? []
                : [
                    {
                      y: yPixel(value),
                      text: `${mark} ${name} ${formatNumber(value, 3)}`,
                      fill: token(`${colour}-text`),
                      stroke: updates.at(-1)! < total ? 'transparent' : token(colour),
                      weight: 600,
                    },
                  ],
            ),
          ],
          width - box.right,
          { top: box.top + 4, bottom: height - box.bottom - 2 },
        ),
      },
      plot: { left: box.left, right: box.right, xMin: 0, xMax: total },
    }
  },
  table({ report: { points, baselines } }, t) {
    const three = (value: number) => formatNumber(value, 4)
    return columnTable([
      {
        label: t('train.updates'),
        values: points.map(({ update }) => update),
        format: formatInteger,
      },
      { label: t('train.argmax'), values: points.map(({ argmax }) => argmax.raw), format: three },
      {
        label: t('train.sampled'),
        values: points.map(({ sampled }) => sampled?.raw ?? Number.NaN),
        format: three,
      },
      ...baselines.map(({ id, figures }) => ({
        label: t(`train.baselines.${id}`),
        values: points.map(() => figures.raw),
        format: three,
      })),
    ])
  },
}

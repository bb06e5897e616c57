import { formatInteger, formatNumber } from '#core/format'
import type { DeltaBootstrap } from '#core/run/deltaBootstrap'
import type { Chart } from './chart.ts'
import { columnTable } from './columnTable.ts'
import type { Coordinates } from './customShapes.ts'
import { roundStep, text } from './parts.ts'

const wide = (value: number) => formatNumber(value, 4)

/** How often each Δ came out among the resamples; those outside the interval are hollow. */
export const bootstrapBars: Chart<DeltaBootstrap> = {
  draw({ bins, estimate, percentile, bca }, { token, width, cursor }) {
    const box = { left: 44, right: 16, top: 22, bottom: 36 }
    const { low, high } = bca ?? percentile
    const [from, to] = [bins[0]!.from, bins.at(-1)!.to]
    const room = Math.max((to - from) * 0.04, 1e-4)
    const reach = Math.max(to, 0) - Math.min(from, 0) + 2 * room
    const step = roundStep(reach, Math.max(2, Math.floor(width / 110)))
    const xMin = Math.floor((Math.min(from, 0) - room) / step) * step
    const xMax = Math.ceil((Math.max(to, 0) + room) / step) * step
    const xPixel = (value: number) =>
      box.left + ((value - xMin) / (xMax - xMin)) * (width - box.left - box.right)
    const isInside = (i: number) => {
      const middle = (bins[i]!.from + bins[i]!.to) / 2
      return middle >= low && middle <= high
    }
    return {
      option: {
        grid: box,
        xAxis: {
          type: 'value',
          min: xMin,
          max: xMax,
          interval: step,
          name: 'Δ',
          nameGap: 21,
          axisLabel: { formatter: (value: number) => formatNumber(value, 3) },
        },
        yAxis: { type: 'value', splitNumber: 3, axisLabel: { formatter: formatInteger } },
        series: [
          {
            type: 'custom',
            silent: true,
            data: bins.map(({ from, to, n }, i) => [from, n, to, isInside(i) ? 1 : 0, i]),
            renderItem: (_params: unknown, api: Coordinates) => {
              const [x1 = 0, y1 = 0] = api.coord([api.value(0), api.value(1)])
              const [x2 = 0, y2 = 0] = api.coord([api.value(2), 0])
              const isLookedAt = api.value(4) === cursor
              return {
                type: 'rect',
                shape: { x: x1 + 0.5, y: y1, width: Math.max(1, x2 - x1 - 1), height: y2 - y1 },
                style: {
                  fill: api.value(3) === 1 ? token(isLookedAt ? 'ink' : 'ink-3') : token('surface'),
                  stroke: token(isLookedAt ? 'ink' : 'ink-3'),
                },
              }
            },
          },
          {
            type: 'line',
            silent: true,
            data: [],
            markLine: {
              data: [
                { xAxis: 0, lineStyle: { color: token('ink-2'), type: 'solid' } },
                { xAxis: estimate, lineStyle: { color: token('ink'), type: 'solid', width: 2 } },
                { xAxis: low, lineStyle: { color: token('ink-2') } },
                { xAxis: high, lineStyle: { color: token('ink-2') } },
              ],
            },
          },
        ],
        graphic: [
          text(token, {
            x: Math.max(box.left + 30, Math.min(width - box.right - 30, xPixel(estimate))),
            y: 10,
            text: `Δ ${formatNumber(estimate)}`,
            fill: token('ink'),
            weight: 600,
            align: 'center',
          }),
        ],
      },
      plot: { left: box.left, right: box.right, xMin, xMax },
    }
  },
  table: ({ bins }, t) => ({
    ...columnTable([
      { label: t('bootstrap.from'), values: bins.map(({ from }) => from), format: wide },
      { label: t('bootstrap.to'), values: bins.map(({ to }) => to), format: wide },
      { label: t('bootstrap.count'), values: bins.map(({ n }) => n), format: formatInteger },
    ]),
    x: bins.map(({ from, to }) => (from + to) / 2),
  }),
}

import { formatPercent } from '#core/format'
import type { Chart } from '../chart.ts'
import { sideLabels } from '../parts.ts'
import { plainAreas } from './ramp.ts'

/** Cumulated shares at equal steps from 0 to 1, of one tree or of several. */
type LorenzLines = readonly {
  readonly name: string
  readonly lorenz: Float64Array
  readonly colour: string // token
}[]

/** Exposure over items, least shown first; the diagonal is equality. */
export const lorenzCurves: Chart<LorenzLines> = {
  draw(lines, { token, width, height, cursor }) {
    const box = { left: 40, right: lines.length > 1 ? 96 : 16, top: 10, bottom: 28 }
    const percent = (x: number) => String(Math.round(100 * x))
    const steps = (lines[0]?.lorenz.length ?? 1) - 1
    // the curves meet at both ends: they are told apart where they lie apart
    const at = 0.8
    const [inWidth, inHeight] = [width - box.left - box.right, height - box.top - box.bottom]
    return {
      option: {
        aria: plainAreas,
        grid: box,
        xAxis: { type: 'value', min: 0, max: 1, axisLabel: { formatter: percent } },
        yAxis: { type: 'value', min: 0, max: 1, interval: 0.5, axisLabel: { formatter: percent } },
        series: [
          {
            type: 'line',
            silent: true,
            lineStyle: { color: token('line-control'), width: 1, type: [4, 3] },
            data: [
              [0, 0],
              [1, 1],
            ],
          },
          ...lines.map(({ lorenz, colour }, i) => ({
            type: 'line',
            silent: true,
            lineStyle: { color: token(colour), width: 1.75 },
            areaStyle: lines.length === 1 ? { color: token('neutral-band-2') } : undefined,
            data: Array.from(lorenz, (share, step) => [step / steps, share]),
            markLine: {
              data: i === 0 && cursor !== null ? [{ xAxis: cursor / steps }] : [],
            },
          })),
        ],
        graphic:
          lines.length > 1
            ? sideLabels(
                token,
                lines.map(({ name, lorenz, colour }) => ({
                  y: box.top + inHeight * (1 - lorenz[Math.round(at * steps)]!),
                  text: name.length > 11 ? `${name.slice(0, 10)}…` : name,
                  fill: token(colour),
                  stroke: token(colour),
                })),
                box.left + inWidth,
                { top: box.top + 6, bottom: height - box.bottom },
              )
            : [],
      },
      plot: { left: box.left, right: box.right, xMin: 0, xMax: 1 },
    }
  },
  table: (lines, t) => {
    const steps = (lines[0]?.lorenz.length ?? 1) - 1
    const rows = Array.from({ length: steps + 1 }, (_, step) => step)
    return {
      columns: [t('trees.itemShare'), ...lines.map(({ name }) => name)],
      rows: rows.map((step) => [
        formatPercent(step / steps),
        ...lines.map(({ lorenz }) => formatPercent(lorenz[step]!)),
      ]),
      x: rows.map((step) => step / steps),
    }
  },
}

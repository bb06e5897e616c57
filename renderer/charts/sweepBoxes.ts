import { quantileSorted } from 'd3-array'
import { formatInteger, formatNumber } from '#core/format'
import type { Chart } from './chart.ts'
import { columnTable } from './columnTable.ts'
import { boxOf, type Coordinates } from './customShapes.ts'
import { roundStep } from './parts.ts'

/** One number of runs that differ in one setting and in their seeds alone. */
export interface Sweep {
  /** Ascending by the setting; values ascending, one per seed. */
  readonly groups: readonly { readonly at: number; readonly values: readonly number[] }[]
  readonly setting: string
  readonly metric: string
  readonly digits: number
  /** The group of the run on screen. */
  readonly own: number
}

const HALF_BOX = 12 // px

/** Boxes over seeds: quartiles and median, whiskers to the ends, and every seed as a dot. */
export const sweepBoxes: Chart<Sweep> = {
  draw({ groups, setting, digits, own }, { token, cursor, width }) {
    const box = { left: 52, right: 14, top: 12, bottom: 38 }
    const all = groups.flatMap(({ values }) => values)
    const [least, most] = [Math.min(...all), Math.max(...all)]
    const step = roundStep(Math.max(most - least, 1e-3), 4)
    const every = Math.ceil((groups.length * 34) / Math.max(34, width - box.left - box.right))
    const inkOf = (i: number) => token(i === cursor || groups[i]!.at === own ? 'ink' : 'ink-3')
    return {
      option: {
        grid: box,
        xAxis: {
          type: 'category',
          data: groups.map(({ at }) => String(at)),
          name: setting,
          nameGap: 23,
          axisLabel: {
            interval: 0,
            formatter: (name: string, i: number) => (i % every === 0 ? name : ''),
          },
        },
        yAxis: {
          type: 'value',
          min: Math.floor(least / step) * step,
          max: Math.ceil(most / step) * step,
          interval: step,
          axisLabel: { formatter: (value: number) => formatNumber(value, digits) },
        },
        series: [
          {
            type: 'custom',
            silent: true,
            data: groups.map(({ values }, i) => [
              i,
              ...[0, 0.25, 0.5, 0.75, 1].map((q) => quantileSorted([...values], q)!),
            ]),
            renderItem: (_params: unknown, api: Coordinates) =>
              boxOf(api, HALF_BOX, inkOf(api.value(0)), token('surface-sunken')),
          },
          {
            type: 'scatter',
            silent: true,
            symbolSize: 4,
            data: groups.flatMap(({ values }, i) => values.map((value) => [i, value])),
            itemStyle: { color: token('ink-2'), opacity: 0.7 },
          },
        ],
      },
      plot: { left: box.left, right: box.right, xMin: -0.5, xMax: groups.length - 0.5 },
    }
  },
  table({ groups, setting, metric, digits }, t) {
    const number = (value: number) => formatNumber(value, digits)
    const at = (q: number) => groups.map(({ values }) => quantileSorted([...values], q)!)
    return {
      ...columnTable([
        { label: setting, values: groups.map(({ at }) => at), format: String },
        { label: `${metric}, ${t('sweep.least')}`, values: at(0), format: number },
        { label: '25 %', values: at(0.25), format: number },
        { label: '50 %', values: at(0.5), format: number },
        { label: '75 %', values: at(0.75), format: number },
        { label: t('sweep.most'), values: at(1), format: number },
        {
          label: t('sweep.seeds'),
          values: groups.map(({ values }) => values.length),
          format: formatInteger,
        },
      ]),
      x: groups.map((_, i) => i),
    }
  },
}

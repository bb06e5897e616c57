import { formatInteger, formatNumber } from '#core/format'
import type { Chart } from './chart.ts'
import { text } from './parts.ts'

/** Where policies stand between one item and the whole catalogue, and where it becomes too narrow. */
export interface CollapseGauge {
  readonly catalogue: number // items
  readonly amber: number | null // effective items
  readonly red: number | null
  /** By effective items, ascending. */
  readonly marks: readonly {
    readonly name: string
    readonly effective: number
    readonly colour: string // token
    readonly isRun: boolean // of the run, not a reference
  }[]
}

const BAR = 18
const ROW = 14 // of labels
const CHARACTER = 6.2 // px, of a label

/** Effective items on a logarithmic scale: the run below the bar, the references above it. */
export const collapseGauge: Chart<CollapseGauge> = {
  draw({ catalogue, amber, red, marks }, { token, width, height, cursor }) {
    const box = { left: 10, right: 14 }
    const inWidth = Math.max(1, width - box.left - box.right)
    const decades = Math.log10(Math.max(10, catalogue))
    const pixel = (value: number) =>
      box.left + (Math.log10(Math.max(1, Math.min(catalogue, value))) / decades) * inWidth
    const top = Math.max(46, Math.round(height / 2) - BAR)
    const zone = (from: number, to: number, fill: string) => ({
      type: 'rect',
      silent: true,
      z: 1,
      shape: { x: pixel(from), y: top, width: Math.max(0, pixel(to) - pixel(from)), height: BAR },
      style: { fill },
    })
    const limits = [red, amber].flatMap((value) => value ?? [])
    const ticks = Array.from({ length: Math.floor(decades) + 1 }, (_, power) => 10 ** power)
    const rows = { above: [] as number[], below: [] as number[] }
    const labels = marks.map(({ name, effective, isRun }) => {
      const words = `${name} ${formatNumber(effective, effective < 100 ? 1 : 0)}`
      const half = (words.length * CHARACTER) / 2
      const at = pixel(effective)
      const x = Math.min(width - half - 2, Math.max(half + 2, at))
      const taken = isRun ? rows.below : rows.above
      let row = taken.findIndex((end) => end < x - half)
      if (row < 0) row = taken.length
      taken[row] = x + half + 6
      return { words, x, at, row, isRun }
    })
    return {
      option: {
        xAxis: { show: false, type: 'value', min: 0, max: 1 },
        yAxis: { show: false, type: 'value', min: 0, max: 1 },
        grid: { left: box.left, right: box.right, top: 0, bottom: 0 },
        series: [],
        graphic: [
          zone(1, catalogue, token('surface-sunken')),
          ...(red === null ? [] : [zone(1, red, token('error-soft'))]),
          ...(red === null || amber === null ? [] : [zone(red, amber, token('warn-soft'))]),
          ...limits.map((value) => stroke(pixel(value), top - 3, top + BAR + 3, token('warn'), 1)),
          ...ticks.map((value) =>
            text(token, {
              x: pixel(value),
              y: height - 8,
              text: formatInteger(value),
              fill: token('ink-3'),
              align: value === 1 ? 'left' : 'center',
            }),
          ),
          ...labels.flatMap(({ words, x, at, row, isRun }, i) => {
            const { colour } = marks[i]!
            const end = isRun ? top + BAR + 8 + row * ROW : top - 8 - row * ROW
            return [
              stroke(at, top - 4, top + BAR + 4, token(colour), isRun ? 3 : 1),
              text(token, {
                x,
                y: isRun ? end + 7 : end - 2,
                text: words,
                fill: isRun ? token(colour) : token('ink-3'),
                align: 'center',
                weight: isRun || cursor === i ? 500 : 400,
              }),
            ]
          }),
        ],
      },
      plot: { ...box, xMin: 0, xMax: decades },
    }
  },
  table: ({ marks }, t) => ({
    columns: [t('collapse.policy'), t('breakdown.effective')],
    rows: marks.map(({ name, effective }) => [name, formatNumber(effective, 1)]),
    x: marks.map(({ effective }) => Math.log10(Math.max(1, effective))),
    values: [null, marks.map(({ effective }) => effective)],
  }),
}

const stroke = (x: number, from: number, to: number, colour: string, width: number) => ({
  type: 'line',
  silent: true,
  z: 10,
  shape: { x1: x, y1: from, x2: x, y2: to },
  style: { stroke: colour, lineWidth: width },
})

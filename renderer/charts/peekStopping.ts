import { formatInteger, missing } from '#core/format'
import type { PeekReport } from '#core/peekLab/peekReport'
import type { Chart } from './chart.ts'

interface Coordinates {
  value(dimension: number): number
  coord(point: readonly [number, number]): number[]
}

const HALF_BOX = 13 // pixels

/** Boxes of the users that had left at the decision: quartiles, median, and whiskers at 10 and 90 %. */
export const peekStopping: Chart<PeekReport> = {
  draw({ methods, pilot }, { token, t, width }) {
    const box = { left: 44, right: 12, top: 12, bottom: 40 }
    const rows = methods.flatMap(({ stopping: { ab } }, i) =>
      ab ? [[i, ab.p10, ab.p25, ab.median, ab.p75, ab.p90]] : [],
    )
    return {
      option: {
        grid: box,
        xAxis: {
          type: 'category',
          data: methods.map(({ id }) => t(`peekLab.ids.${id}`)),
          axisLabel: {
            interval: 0,
            hideOverlap: false,
            fontSize: 10,
            width: (width - box.left - box.right) / methods.length,
            overflow: 'break',
          },
        },
        yAxis: { type: 'value', min: 0, max: pilot.users },
        series: [
          {
            type: 'custom',
            silent: true,
            data: rows,
            renderItem: (_params: unknown, api: Coordinates) =>
              boxOf(api, token('ink'), token('surface-sunken')),
          },
        ],
      },
      plot: { left: box.left, right: box.right, xMin: -0.5, xMax: methods.length - 0.5 },
    }
  },
  table: ({ methods }, t) => ({
    columns: [t('peekLab.method'), 'n', '10 %', '25 %', '50 %', '75 %', '90 %'],
    rows: methods.map(({ id, stopping: { ab } }) => {
      const numbers = ab ? [ab.n, ab.p10, ab.p25, ab.median, ab.p75, ab.p90] : Array(6).fill(null)
      return [
        t(`peekLab.ids.${id}`),
        ...numbers.map((n: number | null) => (n === null ? missing : formatInteger(n))),
      ]
    }),
    x: methods.map((_, i) => i),
  }),
}

function boxOf(api: Coordinates, stroke: string, fill: string) {
  const y = (dimension: number) => api.coord([api.value(0), api.value(dimension)])[1] ?? 0
  const [x = 0] = api.coord([api.value(0), 0])
  const [p10, p25, median, p75, p90] = [1, 2, 3, 4, 5].map(y) as [
    number,
    number,
    number,
    number,
    number,
  ]
  const line = (y1: number, y2: number, half: number, lineWidth = 1) => ({
    type: 'line',
    shape: { x1: x - half, x2: x + half, y1, y2 },
    style: { stroke, lineWidth },
  })
  return {
    type: 'group',
    children: [
      line(p10, p90, 0),
      {
        type: 'rect',
        shape: { x: x - HALF_BOX, y: p75, width: 2 * HALF_BOX, height: Math.max(1, p25 - p75) },
        style: { fill, stroke, lineWidth: 1 },
      },
      line(median, median, HALF_BOX, 2.5),
    ],
  }
}

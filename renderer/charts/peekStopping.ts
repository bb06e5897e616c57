import { formatInteger, missing } from '#core/format'
import type { PeekReport } from '#core/peekLab/peekReport'
import type { Chart } from './chart.ts'
import { boxOf, type Coordinates } from './customShapes.ts'
import { peekMethodAxis } from './peekMethodAxis.ts'

const HALF_BOX = 13 // pixels

/** Boxes of the users that had left at the decision: quartiles, median, and whiskers at 10 and 90 %. */
export const peekStopping: Chart<PeekReport> = {
  draw({ methods, pilot }, { token, t }) {
    const box = { left: 44, right: 12, top: 12, bottom: 40 }
    const rows = methods.flatMap(({ stopping: { ab } }, i) =>
      ab ? [[i, ab.p10, ab.p25, ab.median, ab.p75, ab.p90]] : [],
    )
    return {
      option: {
        grid: box,
        xAxis: peekMethodAxis(methods, t),
        yAxis: { type: 'value', min: 0, max: pilot.users },
        series: [
          {
            type: 'custom',
            silent: true,
            data: rows,
            renderItem: (_params: unknown, api: Coordinates) =>
              boxOf(api, HALF_BOX, token('ink'), token('surface-sunken')),
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

import { formatInteger } from '#core/format'
import type { RootOverlap } from '#core/tree/compareItems'
import type { Chart } from '../chart.ts'
import { plainAreas, rampTokens } from './ramp.ts'

/** Children of the first root (rows) against those of the second: items that both hold. */
export const rootOverlapMap: Chart<RootOverlap> = {
  draw({ rows, columns, shared }, { token, cursor }) {
    const most = shared.reduce((max, n) => Math.max(max, n), 1)
    return {
      option: {
        aria: plainAreas,
        grid: { left: 44, right: 8, top: 6, bottom: 34 },
        xAxis: { type: 'category', data: [...columns], name: 'B', nameGap: 18 },
        yAxis: { type: 'category', data: [...rows], inverse: true, name: 'A', nameGap: 28 },
        visualMap: { show: false, min: 0, max: 1, inRange: { color: rampTokens(token) } },
        series: [
          {
            type: 'heatmap',
            animation: false,
            emphasis: { disabled: true },
            itemStyle: { borderColor: token('surface'), borderWidth: rows.length > 60 ? 0 : 1 },
            data: Array.from(shared, (n, i) => ({
              value: [i % columns.length, Math.floor(i / columns.length), n === 0 ? '-' : n / most],
              row: Math.floor(i / columns.length),
              ...(Math.floor(i / columns.length) === cursor
                ? { itemStyle: { borderColor: token('focus'), borderWidth: 1 } }
                : {}),
            })),
          },
        ],
      },
      plot: { left: 44, right: 8, xMin: 0, xMax: Math.max(1, rows.length - 1) },
      byMark: true,
    }
  },
  table: ({ rows, columns, shared }, t) => ({
    columns: [t('trees.childOfA'), t('trees.items'), t('trees.mostIn'), t('trees.shared')],
    rows: Array.from(rows, (row, r) => {
      const own = shared.subarray(r * columns.length, (r + 1) * columns.length)
      const total = own.reduce((sum, n) => sum + n, 0)
      const best = own.reduce((at, n, i) => (n > own[at]! ? i : at), 0)
      return [
        String(row),
        formatInteger(total),
        String(columns[best] ?? ''),
        formatInteger(own[best] ?? 0),
      ]
    }),
    x: Array.from(rows, (_, r) => r),
  }),
}

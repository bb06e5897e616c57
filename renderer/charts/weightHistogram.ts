import { formatInteger, formatNumber } from '#core/format'
import type { ReplayReport } from '#core/ope/replayReport'
import type { Chart } from './chart.ts'

/** How often each importance weight occurs, counts on a log scale; zeros stand apart on the left. */
export const weightHistogram: Chart<ReplayReport> = {
  draw({ histogram }, { token, cursor }) {
    const box = { left: 48, right: 12, top: 12, bottom: 28 }
    const rows = rowsOf(histogram)
    return {
      option: {
        grid: box,
        xAxis: { type: 'category', data: rows.map(({ label }) => label) },
        yAxis: { type: 'log', min: 0.8 },
        series: [
          {
            type: 'bar',
            silent: true,
            barCategoryGap: '8%',
            data: rows.map(({ count }, i) => ({
              value: Math.max(count, 0.8),
              itemStyle: { color: token(i === cursor ? 'ink' : 'ink-3') },
            })),
          },
        ],
      },
      plot: { left: box.left, right: box.right, xMin: -0.5, xMax: rows.length - 0.5 },
    }
  },
  table: ({ histogram }, t) => {
    const rows = rowsOf(histogram)
    return {
      columns: [t('study.replay.weight'), t('study.replay.count')],
      rows: rows.map(({ label, count }) => [label, formatInteger(count)]),
      x: rows.map((_, i) => i),
    }
  },
}

const rowsOf = ({ zeros, bins }: ReplayReport['histogram']) => [
  ...(zeros > 0 ? [{ label: '0', count: zeros }] : []),
  ...bins.map(({ from, count }) => ({ label: formatNumber(from, 2), count })),
]

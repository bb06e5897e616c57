import { formatNumber } from '#core/format'
import type { LevelAgreement } from '#core/tree/compareTrees'
import type { Chart } from '../chart.ts'

/** How alike two trees cluster their items, level by level. */
export const levelAgreement: Chart<readonly LevelAgreement[]> = {
  draw: (levels, { token, cursor }) => ({
    option: {
      grid: { left: 40, right: 44, top: 8, bottom: 24 },
      xAxis: { type: 'value', min: (value: { min: number }) => Math.min(0, value.min), max: 1 },
      yAxis: { type: 'category', inverse: true, data: levels.map(({ level }) => String(level)) },
      series: [
        {
          type: 'bar',
          silent: true,
          barWidth: 14,
          data: levels.map(({ adjustedRand }, i) => ({
            value: adjustedRand,
            itemStyle: { color: token(i === cursor ? 'ink' : 'seq-4') },
          })),
          label: {
            show: true,
            position: 'right',
            fontSize: 11,
            color: token('ink-2'),
            formatter: ({ value }: { readonly value: number }) => formatNumber(value, 2),
          },
        },
      ],
    },
    plot: { left: 40, right: 44, xMin: 0, xMax: Math.max(1, levels.length - 1) },
  }),
  table: (levels, t) => ({
    columns: [t('trees.level'), t('trees.adjustedRand'), t('trees.jaccard')],
    rows: levels.map(({ level, adjustedRand, overlap }) => [
      String(level),
      formatNumber(adjustedRand),
      formatNumber(overlap),
    ]),
    x: levels.map((_, i) => i),
  }),
}

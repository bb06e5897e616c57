import { formatInteger, formatNumber, formatPercent } from '#core/format'
import type { LevelFigures } from '#core/tree/levelMap'
import type { Chart } from '../chart.ts'
import { plainAreas } from './ramp.ts'

/** How many of the nodes of each level that hold items were passed at all. */
export const levelBars: Chart<readonly LevelFigures[]> = {
  draw(levels, { token, t, cursor }) {
    const box = { left: 52, right: 112, top: 8, bottom: 24 }
    return {
      option: {
        aria: plainAreas,
        grid: box,
        xAxis: {
          type: 'value',
          min: 0,
          max: 1,
          axisLabel: { formatter: (x: number) => String(Math.round(100 * x)) },
        },
        yAxis: {
          type: 'category',
          inverse: true,
          data: levels.map(({ level }) =>
            level === levels.length - 1 ? t('trees.leaves') : String(level),
          ),
        },
        series: [
          {
            type: 'bar',
            silent: true,
            barWidth: 14,
            showBackground: true,
            backgroundStyle: { color: token('surface-sunken') },
            data: levels.map(({ passed, open }, i) => ({
              value: (passed ?? 0) / Math.max(1, open),
              itemStyle: { color: token(i === cursor ? 'ink' : 'seq-4') },
            })),
          },
          {
            // the counts stand right of a bar that is always full
            type: 'bar',
            silent: true,
            barWidth: 14,
            barGap: '-100%',
            itemStyle: { color: 'transparent' },
            data: levels.map(() => 1),
            label: {
              show: true,
              position: 'right',
              fontSize: 11,
              color: token('ink-2'),
              formatter: ({ dataIndex }: { readonly dataIndex: number }) => {
                const { passed, open } = levels[dataIndex]!
                return t('trees.ofOpen', { n: formatInteger(passed), all: formatInteger(open) })
              },
            },
          },
        ],
      },
      plot: { left: box.left, right: box.right, xMin: 0, xMax: levels.length - 1 },
    }
  },
  table: (levels, t) => ({
    columns: [
      t('trees.level'),
      t('trees.nodes'),
      t('trees.open'),
      t('trees.passed'),
      t('trees.passedShare'),
      t('trees.entropy'),
    ],
    rows: levels.map(({ level, nodes, open, passed, entropy }) => [
      String(level),
      formatInteger(nodes),
      formatInteger(open),
      formatInteger(passed),
      formatPercent(passed === null ? null : passed / Math.max(1, open)),
      formatNumber(entropy, 2),
    ]),
    x: levels.map((_, i) => i),
  }),
}

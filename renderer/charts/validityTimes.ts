import { formatInteger } from '#core/format'
import type { AgeHistogram, GapHistogram } from '#core/validity/validityReport'
import type { Translate } from '../i18n.ts'
import type { Chart } from './chart.ts'

type Label = (t: Translate) => string
interface Bin {
  readonly from: Label
  readonly count: number
}

/** How often users come back after how long; the axis is logarithmic. */
export const gapTimes = histogram<GapHistogram>('gap', ({ fromLog10, width, counts }) =>
  counts.map((count, i) => ({ count, from: (t) => duration(10 ** (fromLog10 + i * width), t) })),
)

/** How old an item is when it is clicked, in hours. */
export const clickAges = histogram<AgeHistogram>('age', ({ widthHours, counts }) =>
  counts.map((count, i) => ({
    count,
    from: () => `${i * widthHours}${i === counts.length - 1 ? '+' : ''}`,
  })),
)

function histogram<Data>(axis: 'gap' | 'age', binsOf: (data: Data) => readonly Bin[]): Chart<Data> {
  return {
    draw(data, { token, t, cursor, width }) {
      const box = { left: 48, right: 12, top: 12, bottom: 28 }
      const bins = binsOf(data)
      const inside = width - box.left - box.right
      // room for about 56 pixels a label
      const every = Math.max(1, Math.ceil((56 * bins.length) / Math.max(1, inside)))
      return {
        option: {
          grid: box,
          xAxis: {
            type: 'category',
            data: bins.map(({ from }) => from(t)),
            axisLabel: { interval: every - 1 },
          },
          yAxis: { type: 'value', min: 0 },
          series: [
            {
              type: 'bar',
              silent: true,
              barCategoryGap: '8%',
              data: bins.map(({ count }, i) => ({
                value: count,
                itemStyle: { color: token(i === cursor ? 'ink' : 'ink-3') },
              })),
            },
          ],
        },
        plot: { left: box.left, right: box.right, xMin: -0.5, xMax: bins.length - 0.5 },
      }
    },
    table: (data, t) => {
      const bins = binsOf(data)
      return {
        columns: [t(`validity.${axis}`), t('validity.count')],
        rows: bins.map(({ from, count }) => [from(t), formatInteger(count)]),
        x: bins.map((_, i) => i),
      }
    },
  }
}

/** In the largest unit that it fills. */
function duration(seconds: number, t: Translate): string {
  const [unit, size] =
    seconds < 60
      ? (['second', 1] as const)
      : seconds < 3600
        ? (['minute', 60] as const)
        : seconds < 86_400
          ? (['hour', 3600] as const)
          : (['day', 86_400] as const)
  const n = seconds / size
  return t(`validity.units.${unit}`, { n: n < 10 ? Number(n.toFixed(1)) : Math.round(n) })
}

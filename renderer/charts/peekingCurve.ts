import { formatInteger, formatPercent } from '#core/format'
import type { PeekingLesson } from '#core/learn/peekingLesson'
import type { Chart } from './chart.ts'

/** Share of A/A runs with a false direction so far: a test that is repeated, against a sequence. */
export const peekingCurve: Chart<PeekingLesson> = {
  draw({ users, naive, betting, alpha }, { token, t, cursor }) {
    const box = { left: 44, right: 96, top: 12, bottom: 34 }
    const line = (values: readonly number[], name: string, color: string, dashed: boolean) => ({
      type: 'line',
      silent: true,
      showSymbol: false,
      data: users.map((n, i) => [n, values[i]]),
      lineStyle: { color, width: 2, type: dashed ? 'dashed' : 'solid' },
      endLabel: {
        show: true,
        color,
        fontSize: 11,
        formatter: `${formatPercent(values.at(-1) ?? null, 0)} ${name}`,
      },
      markPoint:
        cursor === null
          ? undefined
          : {
              symbol: 'circle',
              symbolSize: 7,
              label: { show: false },
              itemStyle: { color },
              data: [{ coord: [users[cursor]!, values[cursor]!] }],
            },
    })
    return {
      option: {
        grid: box,
        xAxis: {
          type: 'value',
          min: 0,
          max: users.at(-1) ?? 1,
          name: t('chart.users'),
          nameLocation: 'middle',
          nameGap: 22,
        },
        yAxis: {
          type: 'value',
          min: 0,
          max: 0.5,
          axisLabel: { formatter: (value: number) => `${Math.round(100 * value)}` },
        },
        series: [
          line(naive, t('learn.peeking.naive'), token('warn'), true),
          line(betting, t('learn.peeking.betting'), token('ink'), false),
          {
            type: 'line',
            silent: true,
            data: [],
            markLine: {
              symbol: 'none',
              silent: true,
              data: [{ yAxis: alpha, lineStyle: { color: token('ink-3'), type: 'dotted' } }],
              label: { show: false },
            },
          },
        ],
      },
      plot: { left: box.left, right: box.right, xMin: 0, xMax: users.at(-1) ?? 1 },
    }
  },
  table: ({ users, naive, betting }, t) => ({
    columns: [t('chart.users'), t('learn.peeking.naive'), t('learn.peeking.betting')],
    rows: users.map((n, i) => [
      formatInteger(n),
      formatPercent(naive[i]!),
      formatPercent(betting[i]!),
    ]),
    x: users,
  }),
}

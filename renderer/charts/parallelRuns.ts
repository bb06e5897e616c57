import { formatNumber, formatSetting } from '#core/format'
import type { RunId } from '#core/contract'
import { runStyle } from '../theme/runStyle.ts'
import type { Chart } from './chart.ts'

/** Columns of a comparison over axes of settings and outcomes. */
export interface ParallelRuns {
  readonly axes: readonly string[]
  readonly lines: readonly {
    readonly run: RunId // whose colour the line has
    readonly name: string
    readonly isBaseline: boolean
    readonly values: readonly (number | string | null)[] // a text is a category
  }[]
}

export const parallelRuns: Chart<ParallelRuns> = {
  draw({ axes, lines }, { token, cursor }) {
    const isText = axes.map((_, axis) =>
      lines.some(({ values }) => typeof values[axis] === 'string'),
    )
    return {
      option: {
        animation: false,
        aria: { enabled: false },
        parallel: { left: 30, right: 60, top: 18, bottom: 30 },
        parallelAxis: axes.map((name, dim) => ({
          dim,
          name,
          nameLocation: 'start',
          nameGap: 12,
          nameTextStyle: { color: token('ink-2'), fontSize: 11 },
          axisLine: { lineStyle: { color: token('line-strong') } },
          axisTick: { show: false },
          axisLabel: { color: token('ink-3'), fontSize: 10 },
          ...(isText[dim]
            ? {
                type: 'category',
                data: [...new Set(lines.map(({ values }) => String(values[dim])))],
              }
            : { type: 'value', scale: true, splitNumber: 4 }),
        })),
        series: lines.map(({ run, isBaseline, values }, i) => ({
          type: 'parallel',
          silent: true,
          lineStyle: {
            color: token(runStyle(run).token),
            width: isBaseline || cursor === i ? 3 : 1.5,
            opacity: cursor === null || cursor === i ? 1 : 0.3,
          },
          data: [values.map((value, dim) => (isText[dim] ? String(value) : (value ?? '-')))],
        })),
      },
      plot: { left: 30, right: 60, xMin: 0, xMax: Math.max(1, lines.length - 1) },
    }
  },
  table: ({ axes, lines }, t) => ({
    columns: [t('compare.title'), ...axes],
    rows: lines.map(({ name, values }) => [
      name,
      ...values.map((value) =>
        typeof value === 'number'
          ? Number.isInteger(value)
            ? formatSetting(value)
            : formatNumber(value)
          : (value ?? '–'),
      ),
    ]),
    x: lines.map((_, i) => i),
  }),
}

import { formatNumber, formatSetting } from '#core/format'
import type { RunId } from '#core/contract/ids'
import { runStyle } from '../theme/runStyle.ts'
import type { Chart } from './chart.ts'
import { endsOf, roundStep, sideLabels } from './parts.ts'

/** Lines that are named at their ends; more would not fit. */
const MOST_NAMED = 12

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

/** The ends of an axis of numbers, which alone are labelled; undefined without a number. */
function rangeOf(values: readonly (number | string | null | undefined)[]) {
  const numbers = values.filter((value) => typeof value === 'number')
  if (numbers.length === 0) return undefined
  const { low, high } = endsOf(numbers)
  const step = roundStep(high - low, 4)
  const min = Math.floor(low / step) * step
  const max = Math.ceil(high / step) * step
  return { min, max, interval: max - min }
}

const shorten = (text: string, most: number): string =>
  text.length > most ? `${text.slice(0, most - 1)}…` : text

export const parallelRuns: Chart<ParallelRuns> = {
  draw({ axes, lines }, { token, cursor, width, height }) {
    const named = lines.length <= MOST_NAMED
    const box = {
      left: 30,
      right: named ? Math.min(150, Math.round(0.24 * width)) : 60,
      top: 18,
      bottom: 30,
    }
    const last = axes.length - 1
    const ranges = axes.map((_, axis) => rangeOf(lines.map(({ values }) => values[axis])))
    const { min, max } = ranges[last] ?? { min: 0, max: 1 }
    const yOf = (value: number) =>
      box.top + ((max - value) / (max - min || 1)) * (height - box.top - box.bottom)
    const isText = axes.map((_, axis) =>
      lines.some(({ values }) => typeof values[axis] === 'string'),
    )
    return {
      option: {
        animation: false,
        aria: { enabled: false },
        parallel: box,
        parallelAxis: axes.map((name, dim) => ({
          dim,
          name,
          nameLocation: 'start',
          nameGap: 12,
          nameTextStyle: { color: token('ink-2'), fontSize: 11 },
          axisLine: { show: true, lineStyle: { color: token('line-strong') } },
          axisTick: { show: false },
          axisLabel: {
            color: token('ink-3'),
            fontSize: 10,
            // lines cross the numbers
            backgroundColor: token('surface'),
            padding: [1, 2],
            formatter: isText[dim]
              ? (word: string) => shorten(word, 8)
              : (value: number) => formatSetting(Number(value.toPrecision(6))),
          },
          ...(isText[dim]
            ? {
                type: 'category',
                data: [...new Set(lines.map(({ values }) => String(values[dim])))],
              }
            : { type: 'value', ...ranges[dim] }),
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
        graphic: named
          ? sideLabels(
              token,
              lines.flatMap(({ run, name, isBaseline, values }) => {
                const value = values[last]
                if (typeof value !== 'number') return []
                const color = token(runStyle(run).token)
                return [
                  {
                    y: yOf(value),
                    text: shorten(name, Math.floor((box.right - 24) / 6.5)),
                    fill: isBaseline ? token('ink') : color,
                    stroke: color,
                    weight: isBaseline ? 600 : 400,
                  },
                ]
              }),
              width - box.right + 4,
              { top: box.top, bottom: height - box.bottom },
            )
          : [],
      },
      plot: { left: box.left, right: box.right, xMin: 0, xMax: Math.max(1, lines.length - 1) },
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

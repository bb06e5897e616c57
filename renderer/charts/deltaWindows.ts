import { formatInteger, formatNumber } from '#core/format'
import type { DeltaWindows } from '#core/run/windowInference'
import { verdictStyle } from '../theme/outcomeStyle.ts'
import type { Chart } from './chart.ts'
import { columnTable } from './columnTable.ts'
import type { Coordinates } from './customShapes.ts'
import { cursorLine, roundStep, text } from './parts.ts'

/** Windows with what they are drawn beside: the Δ of all users, and the region of practical equality. */
interface WindowedDelta {
  readonly windows: DeltaWindows['windows']
  readonly whole: number | null
  readonly equivalence: number
  /** A failed check: no window names a side. */
  readonly withheld: boolean
}

const CAP = 4 // half width of an interval's ends, px

/**
 * Δ of each window of users as an interval of its own: thick alone, thin with all windows at once. The
 * hue of a team only where 0 is outside the thin one.
 */
export const deltaWindows: Chart<WindowedDelta> = {
  draw({ windows, whole, equivalence, withheld }, { token, width, height, cursor, t }) {
    const box = { left: 44, right: 64, top: 12, bottom: 26 }
    const xMax = windows.at(-1)?.to ?? 1
    const drawn = windows.flatMap(({ from, to, alone, delta: { value, low, high } }) =>
      value === null || low === null || high === null
        ? []
        : [{ x: (from + to) / 2, value, low, high, inner: [alone.low ?? low, alone.high ?? high] }],
    )
    const reach = Math.max(0.02, ...drawn.flatMap(({ low, high }) => [-low, high]))
    const step = roundStep(2 * reach, 4)
    const limit = Math.ceil(reach / step) * step
    const xStep = roundStep(xMax, Math.max(2, Math.floor((width - box.left - box.right) / 110)))
    const styleOf = (low: number, high: number) =>
      verdictStyle(
        token,
        withheld ? 'invalid' : low > 0 ? 'aBetter' : high < 0 ? 'bBetter' : 'undecided',
      )
    const wholeAt = (value: number) =>
      box.top + ((limit - value) / (2 * limit)) * (height - box.top - box.bottom)
    return {
      option: {
        grid: box,
        xAxis: {
          type: 'value',
          min: 0,
          max: xMax,
          interval: xStep,
          axisLabel: {
            formatter: (value: number) => (value % xStep === 0 ? formatInteger(value) : ''),
          },
        },
        yAxis: {
          type: 'value',
          min: -limit,
          max: limit,
          interval: step,
          axisLabel: { formatter: (value: number) => formatNumber(value, limit >= 0.1 ? 2 : 3) },
        },
        series: [
          {
            type: 'line',
            silent: true,
            data: [],
            markLine: {
              data: [
                { yAxis: 0, lineStyle: { color: token('ink-2'), type: 'solid' } },
                ...(whole === null ? [] : [{ yAxis: whole, lineStyle: { color: token('ink-3') } }]),
                ...cursorLine(
                  windows.map(({ from, to }) => (from + to) / 2),
                  cursor,
                ),
              ],
            },
            ...(equivalence > 0
              ? { markArea: { data: [[{ yAxis: -equivalence }, { yAxis: equivalence }]] } }
              : {}),
          },
          {
            type: 'custom',
            silent: true,
            z: 3,
            data: drawn.map(({ x, value, low, high, inner }) => [x, value, low, high, ...inner]),
            renderItem: (_params: unknown, api: Coordinates) =>
              intervalOf(api, styleOf(api.value(2), api.value(3)).line),
          },
          {
            type: 'scatter',
            silent: true,
            z: 4,
            data: drawn.map(({ x, value, low, high }) => {
              const { line, glyph } = styleOf(low, high)
              return {
                value: [x, value],
                symbol: glyph === 'b' ? 'triangle' : 'circle',
                itemStyle: {
                  opacity: 1,
                  color: glyph === 'tie' ? token('surface') : line,
                  borderColor: line,
                  borderWidth: 1.5,
                },
              }
            }),
            symbolSize: 7,
          },
        ],
        graphic: [
          text(token, {
            x: width - 4,
            y: height - box.bottom + 14,
            text: t('chart.users'),
            fill: token('ink-3'),
            align: 'right',
          }),
          ...(whole === null
            ? []
            : [
                text(token, {
                  x: width - box.right + 6,
                  y: wholeAt(whole),
                  text: t('windows.whole', { delta: formatNumber(whole) }),
                  fill: token('ink-2'),
                }),
              ]),
        ],
      },
      plot: { left: box.left, right: box.right, xMin: 0, xMax },
    }
  },
  table: ({ windows }, t) => {
    const of = (read: (window: DeltaWindows['windows'][number]) => number | null) =>
      windows.map((window) => read(window) ?? Number.NaN)
    return {
      ...columnTable([
        { label: t('windows.from'), values: of(({ from }) => from + 1), format: formatInteger },
        { label: t('windows.to'), values: of(({ to }) => to), format: formatInteger },
        { label: t('windows.end'), values: of(({ impressions: n }) => n), format: formatInteger },
        { label: 'Δ', values: of(({ delta }) => delta.value), format: formatNumber },
        { label: t('chart.low'), values: of(({ delta }) => delta.low), format: formatNumber },
        { label: t('chart.high'), values: of(({ delta }) => delta.high), format: formatNumber },
        {
          label: t('windows.aloneLow'),
          values: of(({ alone }) => alone.low),
          format: formatNumber,
        },
        {
          label: t('windows.aloneHigh'),
          values: of(({ alone }) => alone.high),
          format: formatNumber,
        },
        { label: 'n', values: of(({ delta }) => delta.n), format: formatInteger },
      ]),
      x: of(({ from, to }) => (from + to) / 2),
    }
  },
}

function intervalOf(api: Coordinates, stroke: string) {
  const at = (dimension: number) => api.coord([api.value(0), api.value(dimension)])
  const [[x = 0, low = 0], [, high = 0], [, from = 0], [, to = 0]] = [at(2), at(3), at(4), at(5)]
  const line = (x1: number, y1: number, x2: number, y2: number, lineWidth = 1) => ({
    type: 'line',
    shape: { x1, y1, x2, y2 },
    style: { stroke, lineWidth },
  })
  return {
    type: 'group',
    children: [
      line(x, low, x, high),
      line(x, from, x, to, 3),
      line(x - CAP, low, x + CAP, low),
      line(x - CAP, high, x + CAP, high),
    ],
  }
}

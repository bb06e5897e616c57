import type { DecisionTimeReport } from '#core/decisionTime/decisionTimeReport'
import { formatInteger, missing } from '#core/format'
import type { Chart } from '../chart.ts'
import { sideLabels } from '../parts.ts'

/** Microseconds with three figures: 0.52, 18.3, 2,900. */
export const microsText = (micros: number | null): string => {
  if (micros === null) return missing
  return micros >= 100 ? formatInteger(micros) : String(Number(micros.toPrecision(3)))
}

const style: Readonly<Record<string, { readonly token: string; readonly dash?: number[] }>> = {
  softmaxScan: { token: 'ink' },
  tpgr2: { token: 'seq-3' },
  tpgr3: { token: 'seq-4' },
  tpgr4: { token: 'seq-6' },
  criticScan: { token: 'run-3' },
  wolpertinger1: { token: 'run-7', dash: [2, 2] },
  wolpertinger1pc: { token: 'run-7', dash: [5, 3] },
  wolpertinger10pc: { token: 'run-7' },
}

/** Time of one decision against the number of items, both logarithmic; a dot where a way overtakes the scan. */
export const decisionTimes: Chart<DecisionTimeReport> = {
  draw({ sizes, ways }, { token, t, width, height, cursor }) {
    const box = { left: 56, right: 150, top: 12, bottom: 30 }
    const all = ways.flatMap(({ micros }) => micros.filter((time) => time !== null))
    const decade = (value: number, round: (x: number) => number) => 10 ** round(Math.log10(value))
    const min = decade(Math.min(1, ...all), Math.floor)
    const max = decade(Math.max(10, ...all), Math.ceil)
    const [first, last] = [sizes[0] ?? 1, sizes.at(-1) ?? 10]
    const share = (time: number) => Math.log(time / min) / Math.log(max / min)
    const y = (time: number) => box.top + (height - box.top - box.bottom) * (1 - share(time))
    const scan = ways.find(({ id }) => id === 'softmaxScan')
    return {
      option: {
        grid: box,
        xAxis: {
          type: 'log',
          min: first,
          max: Math.max(first * 1.01, last),
          axisLabel: { formatter: formatInteger },
        },
        yAxis: {
          type: 'log',
          min,
          max,
          splitLine: { show: true },
          axisLabel: { formatter: (value: number) => microsText(value) },
        },
        series: [
          ...ways.map(({ id, micros }, i) => ({
            type: 'line',
            silent: true,
            showSymbol: true,
            symbol: 'circle',
            symbolSize: 4,
            itemStyle: { color: token(style[id]!.token) },
            lineStyle: {
              color: token(style[id]!.token),
              width: id === 'softmaxScan' ? 2.25 : 1.5,
              type: style[id]!.dash ?? 'solid',
            },
            data: sizes.flatMap((size, s) => (micros[s] == null ? [] : [[size, micros[s]]])),
            markLine: {
              data: i === 0 && cursor !== null ? [{ xAxis: sizes[cursor] ?? first }] : [],
            },
          })),
          {
            type: 'scatter',
            silent: true,
            symbol: 'circle',
            symbolSize: 11,
            z: 6,
            itemStyle: { color: 'transparent', borderColor: token('warn'), borderWidth: 2 },
            data: ways.flatMap(({ faster }) =>
              faster?.kind === 'from' && scan
                ? [[faster.items, between(sizes, scan.micros, faster.items)]]
                : [],
            ),
          },
        ],
        graphic: sideLabels(
          token,
          ways.flatMap(({ id, micros }) => {
            const end = micros.findLast((time) => time !== null)
            if (end == null) return []
            const text = t(`trees.ways.${id}`)
            return [{ y: y(end), text, fill: token('ink-2'), stroke: token(style[id]!.token) }]
          }),
          width - box.right,
          { top: box.top + 4, bottom: height - box.bottom - 4 },
        ),
      },
      plot: { left: box.left, right: box.right, xMin: Math.log(first), xMax: Math.log(last) },
    }
  },
  table: ({ sizes, ways }, t) => ({
    columns: [t('trees.items'), ...ways.map(({ id }) => t(`trees.ways.${id}`))],
    rows: sizes.map((size, i) => [
      formatInteger(size),
      ...ways.map(({ micros }) => microsText(micros[i] ?? null)),
    ]),
    x: sizes.map(Math.log),
  }),
}

/** The scan's time at a size between those measured, straight in log-log. */
function between(
  sizes: readonly number[],
  micros: readonly (number | null)[],
  at: number,
): number | null {
  const i = Math.max(
    0,
    sizes.findLastIndex((size) => size <= at),
  )
  const [a, b] = [micros[i] ?? null, micros[i + 1] ?? null]
  if (a === null || b === null) return a
  const share = Math.log(at / sizes[i]!) / Math.log(sizes[i + 1]! / sizes[i]!)
  return Math.exp(Math.log(a) + share * Math.log(b / a))
}

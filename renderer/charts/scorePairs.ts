import { formatNumber } from '#core/format'
import type { ProbeLists } from '#core/run/networkRecord'
import type { Chart } from './chart.ts'
import { roundStep, text } from './parts.ts'

/** Items of both lists in every context, by their two scores. */
export interface ScorePairs {
  /** In the order of score under A. */
  readonly points: readonly ScorePair[]
  readonly sides: readonly [a: string, b: string]
  /** Whether both scores have one unit, so that the diagonal means something. */
  readonly comparable: boolean
}

interface ScorePair {
  readonly context: number
  readonly item: number
  readonly a: number
  readonly b: number
  readonly place: 'both' | 'onlyA' | 'onlyB'
  readonly chosen: boolean // of the context on screen
}

export function scorePairs(
  probes: readonly ProbeLists[],
  context: number,
  sides: ScorePairs['sides'],
  comparable: boolean,
): ScorePairs {
  const points = probes.flatMap((probe, i) =>
    Array.from(probe.items, (item, place): ScorePair => ({
      context: i,
      item,
      a: probe.scoreA[place]!,
      b: probe.scoreB[place]!,
      place: probe.rankA[place] === 0 ? 'onlyB' : probe.rankB[place] === 0 ? 'onlyA' : 'both',
      chosen: i === context,
    })),
  )
  return { points: points.sort((one, other) => one.a - other.a), sides, comparable }
}

/** Score under A against score under B with the diagonal: above it side B scores higher. */
export const scoreScatter: Chart<ScorePairs> = {
  draw({ points, sides, comparable }, { token, width, height, t, cursor }) {
    const box = { left: 52, right: 14, top: 12, bottom: 38 }
    const both = points.flatMap(({ a, b }) => [a, b])
    const x = rangeOf(comparable ? both : points.map(({ a }) => a))
    const y = rangeOf(comparable ? both : points.map(({ b }) => b))
    const dots = (of: ScorePair['place'], symbol: string, size: number, colour: string) =>
      [false, true].map((chosen) => ({
        type: 'scatter',
        silent: true,
        large: !chosen,
        symbol,
        symbolSize: chosen ? size + 1 : size - 2,
        z: chosen ? 4 : 3,
        itemStyle: { color: colour, opacity: chosen ? 1 : 0.3 },
        data: points
          .filter((point) => point.place === of && point.chosen === chosen)
          .map(({ a, b }) => [a, b]),
      }))
    const looked = cursor === null ? undefined : points[cursor]
    const axis = ({ min, max, step, digits }: typeof x, name: string, gap: number) => ({
      type: 'value',
      min,
      max,
      interval: step,
      name,
      nameLocation: 'middle',
      nameGap: gap,
      axisLabel: { formatter: (value: number) => formatNumber(value, digits), hideOverlap: true },
    })
    return {
      option: {
        grid: box,
        xAxis: axis(x, t('networks.scoreUnder', { name: sides[0] }), 22),
        yAxis: axis(y, '', 0),
        series: [
          {
            type: 'line',
            silent: true,
            symbol: 'none',
            z: 1,
            data: comparable
              ? [
                  [x.min, x.min],
                  [x.max, x.max],
                ]
              : [],
            lineStyle: { color: token('line-strong'), width: 1 },
          },
          ...dots('both', 'rect', 6, token('tie')),
          ...dots('onlyA', 'circle', 8, token('a')),
          ...dots('onlyB', 'triangle', 8, token('b')),
          {
            type: 'scatter',
            silent: true,
            z: 6,
            symbolSize: 13,
            itemStyle: { color: 'transparent', borderColor: token('ink'), borderWidth: 2 },
            data: looked ? [[looked.a, looked.b]] : [],
          },
        ],
        graphic: [
          text(token, {
            x: box.left + 6,
            y: box.top + 8,
            text: `↑ ${t(comparable ? 'networks.scoresHigher' : 'networks.scoreUnder', { name: sides[1] })}`,
            fill: token('ink-3'),
          }),
          ...(comparable
            ? [
                text(token, {
                  x: width - box.right - 4,
                  y: height - box.bottom - 10,
                  text: `→ ${t('networks.scoresHigher', { name: sides[0] })}`,
                  fill: token('ink-3'),
                  align: 'right',
                }),
              ]
            : []),
        ],
      },
      plot: { left: box.left, right: box.right, xMin: x.min, xMax: x.max },
    }
  },
  table: ({ points, sides }, t) => ({
    columns: [
      t('networks.scoreUnder', { name: sides[0] }),
      t('networks.scoreUnder', { name: sides[1] }),
      t('impressions.item'),
      t('networks.context'),
      t('networks.isIn'),
    ],
    rows: points.map(({ a, b, item, context, place }) => [
      formatNumber(a, 4),
      formatNumber(b, 4),
      String(item),
      String(context + 1),
      t(`networks.place.${place}`),
    ]),
    x: points.map(({ a }) => a),
    values: [
      points.map(({ a }) => a),
      points.map(({ b }) => b),
      points.map(({ item }) => item),
      points.map(({ context }) => context + 1),
      null,
    ],
  }),
}

/** Round limits about some values, and how many decimals their ticks need. */
function rangeOf(values: readonly number[]) {
  const [low, high] = values.length > 0 ? [Math.min(...values), Math.max(...values)] : [0, 1]
  const step = roundStep(Math.max(high - low, 1e-6), 4)
  const min = Math.floor(low / step) * step
  const max = Math.max(Math.ceil(high / step), Math.floor(low / step) + 1) * step
  return { min, max, step, digits: Math.max(0, Math.min(6, Math.ceil(-Math.log10(step)) + 1)) }
}

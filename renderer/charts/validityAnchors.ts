import { formatNumber } from '#core/format'
import type { Anchor } from '#core/validity/validityReport'
import type { Chart } from './chart.ts'
import type { Coordinates } from './customShapes.ts'

/** Reference policies beside each other on one scale from 0, each with its interval. */
export const validityAnchors: Chart<readonly Anchor[]> = {
  draw(anchors, { token, t, cursor, width }) {
    const box = { left: 52, right: 12, top: 12, bottom: 40 }
    const points = anchors.flatMap(({ ctr: { value, low, high } }, i) =>
      value === null ? [] : [[i, value, low ?? value, high ?? value]],
    )
    return {
      option: {
        grid: box,
        xAxis: {
          type: 'category',
          data: anchors.map(({ policy }) => t(`validity.policies.${policy}`)),
          axisLabel: {
            interval: 0,
            hideOverlap: false,
            fontSize: 10,
            width: (width - box.left - box.right) / anchors.length,
            overflow: 'break',
          },
        },
        yAxis: { type: 'value', min: 0 },
        series: [
          {
            type: 'custom',
            silent: true,
            encode: { x: 0, y: [1, 2, 3] },
            data: points,
            renderItem: (_params: unknown, api: Coordinates) =>
              mark(api, token(api.value(0) === cursor ? 'ink' : 'ink-2')),
          },
        ],
      },
      plot: { left: box.left, right: box.right, xMin: -0.5, xMax: anchors.length - 0.5 },
    }
  },
  table: (anchors, t) => ({
    columns: [t('validity.policy'), t('validity.ctr'), t('validity.low'), t('validity.high')],
    rows: anchors.map(({ policy, ctr }) => [
      t(`validity.policies.${policy}`),
      ...[ctr.value, ctr.low, ctr.high].map((rate) => formatNumber(rate, 4)),
    ]),
    x: anchors.map((_, i) => i),
  }),
}

/** A point with a capped line from low to high. */
function mark(api: Coordinates, colour: string) {
  const at = (dimension: number) => api.coord([api.value(0), api.value(dimension)])
  const [x = 0, y = 0] = at(1)
  const [, low = y] = at(2)
  const [, high = y] = at(3)
  const line = (x1: number, y1: number, x2: number, y2: number) => ({
    type: 'line',
    shape: { x1, y1, x2, y2 },
    style: { stroke: colour, lineWidth: 1.5 },
  })
  return {
    type: 'group',
    children: [
      line(x, low, x, high),
      line(x - 6, low, x + 6, low),
      line(x - 6, high, x + 6, high),
      { type: 'circle', shape: { cx: x, cy: y, r: 4 }, style: { fill: colour } },
    ],
  }
}

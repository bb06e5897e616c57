import { formatInteger, formatNumber, missing } from '#core/format'
import type { Chart } from '../chart.ts'
import {
  colourRange,
  colourShare,
  colourText,
  pathText,
  type ColourId,
  type NodeRow,
} from './nodeRows.ts'
import { plainAreas, rampColour } from './ramp.ts'

/** A node's children as areas. The chart gets these and nothing of the tree below them. */
interface NodeMap {
  readonly rows: readonly NodeRow[] // those with the most visits, of so many that hold so many items
  readonly total: number
  readonly totalItems: number
  readonly colour: ColourId
  /** The leaf that is looked at, and the child on the way of the decision; paths. */
  readonly selected: string | null
  readonly onPath: string | null
}

/** Areas that are drawn; the others share one. */
const mostAreas = 200
/** Sides of an area, in px, that has room for the number of a child with so many digits. */
const roomFor = (digits: number): number => 14 + 7 * digits
/** The area of the others, at most, for one of those that are drawn: beyond it is not to scale. */
const mostRest = 0.1

/** Area = items, colour = what `colour` says. */
export const nodeMap: Chart<NodeMap> = {
  draw({ rows, total, totalItems, colour, selected, onPath }, { token, t, cursor, width, height }) {
    const range = colourRange(rows, colour)
    const shown = rows.slice(0, mostAreas)
    const drawn = shown.reduce((sum, { items }) => sum + items, 0)
    const rest = totalItems - drawn
    const room = mostRest * drawn
    const pixels = (width * height) / Math.max(1, drawn + Math.min(rest, room))
    const areas = shown.map((row, i) => {
      const value = row[colour]
      const empty = { fill: token('surface-sunken'), ink: token('ink-2') }
      const { fill, ink } =
        value === null || !range ? empty : rampColour(token, colourShare(value, range, colour))
      const isMarked = i === cursor || row.path === selected
      const edge = isMarked ? token('focus') : row.path === onPath ? token('b') : token('surface')
      return {
        name: `{b|${String(row.child).padStart(2, '0')}}  ${colourText(value, colour)}\n${row.example}`,
        value: row.items,
        row: i,
        itemStyle: {
          color: fill,
          borderColor: edge,
          borderWidth: isMarked || row.path === onPath ? 3 : 1,
          gapWidth: 1,
        },
        label: {
          // a number that is cut off would be another one
          show: Math.sqrt(pixels * row.items) >= roomFor(Math.max(2, String(row.child).length)),
          color: ink,
          rich: { b: { fontWeight: 600, color: ink, fontSize: 11 } },
        },
      }
    })
    const n = formatInteger(total - shown.length)
    const more = {
      name: t(rest > room ? 'trees.moreNotToScale' : 'trees.more', { n }),
      value: Math.min(rest, room),
      itemStyle: { color: token('surface-sunken') },
      label: { color: token('ink-2') },
    }
    return {
      option: {
        aria: plainAreas,
        series: [
          {
            type: 'treemap',
            left: 0,
            right: 0,
            top: 0,
            bottom: 0,
            roam: false,
            nodeClick: false,
            leafDepth: 1,
            sort: false,
            animation: false,
            breadcrumb: { show: false },
            itemStyle: { gapWidth: 1, borderColor: token('surface') },
            emphasis: { disabled: true },
            label: {
              show: true,
              position: [7, 6],
              fontSize: 11,
              lineHeight: 15,
              overflow: 'truncate',
              ellipsis: '…', // narrower than three dots: a cut number says that it is cut
              formatter: ({ name }: { readonly name: string }) => name,
            },
            data: rest > 0 ? [...areas, more] : areas,
          },
        ],
      },
      plot: { left: 0, right: 0, xMin: 0, xMax: Math.max(1, shown.length - 1) },
      byMark: true,
    }
  },
  table: ({ rows }, t) => ({
    columns: [
      t('trees.path'),
      t('trees.items'),
      t('trees.visits'),
      t('trees.entropy'),
      t('trees.reward'),
      t('trees.nearest'),
    ],
    rows: rows
      .slice(0, mostAreas)
      .map(({ path, items, visits, entropy, reward, example }) => [
        pathText(path),
        formatInteger(items),
        formatInteger(visits),
        formatNumber(entropy, 2),
        formatNumber(reward),
        example || missing,
      ]),
    x: rows.slice(0, mostAreas).map((_, i) => i),
  }),
}

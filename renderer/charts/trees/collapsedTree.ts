import { formatInteger } from '#core/format'
import type { Chart } from '../chart.ts'
import {
  colourRange,
  colourShare,
  colourText,
  pathText,
  type ColourId,
  type NodeRow,
} from './nodeRows.ts'
import { rampColour } from './ramp.ts'

/** A node between its siblings, with its children: two levels open, the rest folded away. */
interface CollapsedTree {
  readonly parent: string | null // path; null when the node is the root
  readonly node: string // path
  readonly siblings: readonly NodeRow[] // the node among them; empty for the root
  readonly children: readonly NodeRow[]
  /** How many there are of both, those that are not listed included. */
  readonly totals: { readonly siblings: number; readonly children: number }
  readonly colour: ColourId
}

const mostSiblings = 7
const mostChildren = 10

/** The rows that are drawn: the node and the first of its siblings, then the first of its children. */
function drawn({ node, siblings, children }: CollapsedTree) {
  const own = siblings.find(({ path }) => path === node)
  const others = siblings.filter(({ path }) => path !== node).slice(0, mostSiblings - 1)
  return { upper: own ? [own, ...others] : [], lower: children.slice(0, mostChildren) }
}

export const collapsedTree: Chart<CollapsedTree> = {
  draw(data, { token, t, cursor }) {
    const { parent, node, siblings, children, totals, colour } = data
    const { upper, lower } = drawn(data)
    const ranges = {
      siblings: colourRange(siblings, colour),
      children: colourRange(children, colour),
    }
    const fill = (row: NodeRow, level: 'siblings' | 'children') => {
      const range = ranges[level]
      const value = row[colour]
      return value === null || !range
        ? token('surface-sunken')
        : rampColour(token, colourShare(value, range, colour)).fill
    }
    const mark = (row: NodeRow, i: number, level: 'siblings' | 'children') => {
      const isMarked = row.path === node || i === cursor
      return {
        name: label(row, colour),
        row: i,
        symbolSize: isMarked ? 12 : 9,
        itemStyle: {
          color: fill(row, level),
          borderColor: isMarked ? token('ink') : token('line-control'),
          borderWidth: isMarked ? 2 : 1,
        },
        label: {
          ...(isMarked ? { fontWeight: 600, color: token('ink') } : {}),
          // left of the edges that go on from the node
          ...(level === 'siblings' ? { position: 'left', align: 'right', distance: 6 } : {}),
        },
      }
    }
    const rest = (n: number, left: boolean) =>
      n > 0
        ? [
            {
              name: t('trees.more', { n: formatInteger(n) }),
              label: left ? { position: 'left', align: 'right', distance: 6 } : {},
              symbolSize: 7,
              itemStyle: { color: token('surface'), borderColor: token('line-control') },
            },
          ]
        : []
    const below = [
      ...lower.map((row, i) => mark(row, upper.length + i, 'children')),
      ...rest(totals.children - lower.length, false),
    ]
    const root = { symbolSize: 12, itemStyle: { color: token('ink'), borderColor: token('ink') } }
    const tree =
      parent === null
        ? { ...root, name: t('trees.root'), children: below }
        : {
            ...root,
            name: parent === '' ? t('trees.root') : pathText(parent),
            children: [
              ...upper.map((row, i) => ({
                ...mark(row, i, 'siblings'),
                ...(row.path === node ? { children: below } : {}),
              })),
              ...rest(totals.siblings - upper.length, true),
            ],
          }
    return {
      option: {
        series: [
          {
            type: 'tree',
            // a new series for another node: ECharts 6 stumbles over edges that are taken away
            id: `tree ${node}`,
            data: [tree],
            left: 36,
            right: 84,
            top: 14,
            bottom: 14,
            symbol: 'circle',
            orient: 'LR',
            expandAndCollapse: false,
            initialTreeDepth: 2,
            animation: false,
            roam: false,
            lineStyle: { color: token('line-strong'), width: 1, curveness: 0.5 },
            emphasis: { disabled: true },
            label: {
              position: 'top',
              distance: 6,
              fontSize: 11,
              color: token('ink-2'),
              backgroundColor: token('surface'),
            },
            leaves: { label: { position: 'right', align: 'left', distance: 8 } },
          },
        ],
      },
      plot: { left: 0, right: 0, xMin: 0, xMax: 1 },
      byMark: true,
    }
  },
  table(data, t) {
    const { upper, lower } = drawn(data)
    const rows = [...upper, ...lower]
    return {
      columns: [t('trees.path'), t(`trees.colours.${data.colour}`), t('trees.nearest')],
      rows: rows.map((row) => [
        pathText(row.path),
        colourText(row[data.colour], data.colour),
        row.example,
      ]),
      x: rows.map((_, i) => i),
    }
  },
}

/** The path of a row of the table: what a click on a mark opens. */
export function pathOfMark(data: CollapsedTree, row: number): string | null {
  const { upper, lower } = drawn(data)
  return [...upper, ...lower][row]?.path ?? null
}

const label = (row: NodeRow, colour: ColourId): string =>
  `${String(row.child).padStart(2, '0')}  ${colourText(row[colour], colour)}`

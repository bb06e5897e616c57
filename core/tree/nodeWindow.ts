import { itemName, type InspectedTree } from './inspectedTree.ts'
import { nodeFigures, type NodeFigures } from './nodeFigures.ts'
import type { NodeAddress } from './nodePath.ts'

/** What the children of a node may be ordered by. */
export const nodeOrders = [
  'child',
  'items',
  'children',
  'fill',
  'visits',
  'share',
  'entropy',
  'reward',
  'lastUpdate',
] as const
export type NodeOrder = (typeof nodeOrders)[number]

/** Some children of a node that hold items, as columns; NaN where nothing is known (`NodeFigures` says when). */
export interface NodeColumns {
  readonly child: Int32Array // among its siblings
  readonly items: Int32Array
  readonly children: Int32Array
  readonly fill: Float64Array
  readonly visits: Float64Array
  /** Of all decisions. */
  readonly share: Float64Array
  readonly entropy: Float64Array
  readonly reward: Float64Array
  readonly low: Float64Array
  readonly high: Float64Array
  readonly lastUpdate: Float64Array
  /** Up to two items nearest to the mean of the child's items, or the leaf's item. */
  readonly examples: readonly string[]
}

/** A part of an ordered list of children, and how long the list is. */
export interface NodeWindow extends NodeColumns {
  /** Place of the first of them in the order. */
  readonly first: number
  /** Children that hold items, and the items that they hold. */
  readonly total: number
  readonly totalItems: number
}

interface WindowAsked {
  readonly by: NodeOrder
  readonly falling: boolean
  readonly first: number
  readonly count: number
  /** A child that is to be there whatever its place; it then comes last. */
  readonly also?: number
}

/**
 * The children of a node from one place of an order on: what is unknown comes last either way, ties by
 * number. Only those asked for are looked into, so that a node may have tens of thousands.
 */
export function nodeWindow(
  inspected: InspectedTree,
  at: NodeAddress,
  { by, falling, first, count, also }: WindowAsked,
): NodeWindow {
  const { tree, under } = inspected
  const { children: c, depth } = tree
  const open: number[] = []
  let totalItems = 0
  for (let k = 0; at.level < depth && k < c; k++) {
    const items = under[at.level]![at.node * c + k]!
    if (items > 0) open.push(k)
    totalItems += items
  }
  const address = (k: number) => ({ level: at.level + 1, node: at.node * c + k })
  const keyOf = orderKey(inspected, at, by)
  const key = new Float64Array(c)
  for (const k of open) key[k] = keyOf(k)
  const sign = falling ? -1 : 1
  const order = open.toSorted((a, b) => {
    const [x, y] = [key[a]!, key[b]!]
    const unknown = Number(Number.isNaN(x)) - Number(Number.isNaN(y))
    return unknown || (Number.isNaN(x) ? 0 : sign * (x - y)) || a - b
  })
  const chosen = order.slice(first, first + count)
  if (also !== undefined && open.includes(also) && !chosen.includes(also)) chosen.push(also)
  const rows = chosen.map((k) => nodeFigures(inspected, address(k)))
  const numbers = (value: (row: NodeFigures) => number | null | undefined) =>
    Float64Array.from(rows, (row) => value(row) ?? NaN)
  return {
    child: Int32Array.from(chosen),
    items: Int32Array.from(rows, ({ items }) => items),
    children: Int32Array.from(rows, ({ children }) => children),
    fill: numbers(({ fill }) => fill),
    visits: numbers(({ visits }) => visits),
    share: numbers(({ share }) => share),
    entropy: numbers(({ entropy }) => entropy),
    reward: numbers(({ reward }) => reward),
    low: numbers(({ interval }) => interval?.low),
    high: numbers(({ interval }) => interval?.high),
    lastUpdate: numbers(({ lastUpdate }) => lastUpdate),
    examples: chosen.map((k) => examplesOf(inspected, address(k))),
    first,
    total: open.length,
    totalItems,
  }
}

/** What the children of a node are ordered by; visits, which are asked for first, without a row for each. */
function orderKey(
  inspected: InspectedTree,
  { level, node }: NodeAddress,
  by: NodeOrder,
): (child: number) => number {
  const { tree, found } = inspected
  const first = node * tree.children
  if (by === 'child') return (k) => k
  if (by === 'visits') {
    if (!found) return () => NaN
    const visits = level + 1 === tree.depth ? found.exposure : found.visits[level + 1]!
    return (k) => visits[first + k]!
  }
  return (k) => nodeFigures(inspected, { level: level + 1, node: first + k })[by] ?? NaN
}

/** The two items under a node that lie nearest to the mean of its items. */
export function examplesOf(inspected: InspectedTree, { level, node }: NodeAddress): string {
  const { tree, vectors, width } = inspected
  if (level === tree.depth) return tree.leaf[node]! < 0 ? '' : itemName(inspected, tree.leaf[node]!)
  const span = tree.children ** (tree.depth - level)
  const items = tree.leaf.subarray(node * span, (node + 1) * span).filter((item) => item >= 0)
  const mean = new Float64Array(width)
  for (const item of items) {
    for (let f = 0; f < width; f++) mean[f]! += vectors[item * width + f]! / items.length
  }
  const near = [...items].map((item) => {
    let square = 0
    for (let f = 0; f < width; f++) square += (vectors[item * width + f]! - mean[f]!) ** 2
    return { item, square }
  })
  near.sort((a, b) => a.square - b.square || a.item - b.item)
  return near
    .slice(0, 2)
    .map(({ item }) => itemName(inspected, item))
    .join(' · ')
}

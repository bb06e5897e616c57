import { itemName, type InspectedTree } from './inspectedTree.ts'
import { nodeFigures, type NodeFigures } from './nodeFigures.ts'
import { nodeAt, type NodeAddress } from './nodePath.ts'

/**
 * The children of a node that hold items, as columns by child; NaN where nothing is known (`NodeFigures`
 * says when).
 */
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

/** One node, the way down to it, and one level below. */
export interface NodePage {
  /** From the root to the node itself. */
  readonly breadcrumb: readonly (NodeFigures & { readonly example: string })[]
  readonly children: NodeColumns
  readonly emptyChildren: number
  /** The children of the node's parent, for the drawing beside; null for the root. */
  readonly siblings: NodeColumns | null
  /** The item of a leaf; null for a node above. */
  readonly item: string | null
}

/** @throws RangeError for a path that the tree does not have */
export function nodePage(inspected: InspectedTree, path: string): NodePage {
  const { tree } = inspected
  const at = nodeAt(tree, path)
  const breadcrumb: NodePage['breadcrumb'][number][] = []
  for (let level = 0; level <= at.level; level++) {
    const node = Math.floor(at.node / tree.children ** (at.level - level))
    const example = level === 0 ? '' : examplesOf(inspected, { level, node })
    breadcrumb.push({ ...nodeFigures(inspected, { level, node }), example })
  }
  const isLeaf = at.level === tree.depth
  const children = childColumns(inspected, at)
  const item = isLeaf ? tree.leaf[at.node]! : -1
  const parent = { level: at.level - 1, node: Math.floor(at.node / tree.children) }
  return {
    breadcrumb,
    children,
    emptyChildren: isLeaf ? 0 : tree.children - children.child.length,
    siblings: at.level > 0 ? childColumns(inspected, parent) : null,
    item: item < 0 ? null : itemName(inspected, item),
  }
}

function childColumns(inspected: InspectedTree, at: NodeAddress): NodeColumns {
  const { tree, under } = inspected
  const { children: c, depth } = tree
  const open: number[] = []
  for (let k = 0; at.level < depth && k < c; k++) {
    if (under[at.level]![at.node * c + k]! > 0) open.push(k)
  }
  const addresses = open.map((k) => ({ level: at.level + 1, node: at.node * c + k }))
  const rows = addresses.map((address) => nodeFigures(inspected, address))
  const numbers = (value: (row: NodeFigures) => number | null | undefined) =>
    Float64Array.from(rows, (row) => value(row) ?? NaN)
  return {
    child: Int32Array.from(open),
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
    examples: addresses.map((address) => examplesOf(inspected, address)),
  }
}

/** The two items under a node that lie nearest to the mean of its items. */
function examplesOf(inspected: InspectedTree, { level, node }: NodeAddress): string {
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

import { itemName, type InspectedTree } from './inspectedTree.ts'
import { nodeFigures, type NodeFigures } from './nodeFigures.ts'
import { nodeAt } from './nodePath.ts'
import { examplesOf, nodeWindow, type NodeWindow } from './nodeWindow.ts'

/** Children that come with a node, most visits first; of a node with more the table asks for the rest. */
const mostListed = 400

/** One node, the way down to it, and one level below. */
export interface NodePage {
  /** From the root to the node itself. */
  readonly breadcrumb: readonly (NodeFigures & { readonly example: string })[]
  readonly children: NodeWindow
  readonly emptyChildren: number
  /** The children of the node's parent, the node among them; null for the root. */
  readonly siblings: NodeWindow | null
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
  const most = { by: 'visits', falling: true, first: 0, count: mostListed } as const
  const children = nodeWindow(inspected, at, most)
  const item = isLeaf ? tree.leaf[at.node]! : -1
  const parent = { level: at.level - 1, node: Math.floor(at.node / tree.children) }
  const also = at.node % tree.children
  return {
    breadcrumb,
    children,
    emptyChildren: isLeaf ? 0 : tree.children - children.total,
    siblings: at.level > 0 ? nodeWindow(inspected, parent, { ...most, also }) : null,
    item: item < 0 ? null : itemName(inspected, item),
  }
}

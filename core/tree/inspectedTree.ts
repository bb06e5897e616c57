import type { ItemVectors } from '#core/itemSpace/itemVectors'
import type { BalancedTree } from './balancedTree.ts'
import type { TreeVisits } from './treeStatistics.ts'

/** A tree as it is looked at: decoded once, asked often. */
export interface InspectedTree {
  readonly tree: BalancedTree
  /** `leavesUnder` of the tree. */
  readonly under: readonly Int32Array[]
  /** What the decisions of the last sampled evaluation left; null in models that kept none. */
  readonly found: TreeVisits | null
  /** Of each level above the leaves: the last update that learnt from the node, −1 for none. */
  readonly lastUpdate: readonly Int32Array[] | null
  /** Vectors by which items lie near each other, [items × width]. */
  readonly vectors: Float32Array
  readonly width: number
  /** By which the tree was split; null in models that were saved without. */
  readonly itemVectors: ItemVectors | null
  /** Ids of the items in the file that they came from; null when they are numbered from 0. */
  readonly itemIds: Int32Array | null
}

/** How an item is called. */
export const itemName = ({ itemIds }: Pick<InspectedTree, 'itemIds'>, item: number): string =>
  String(itemIds?.[item] ?? item)

import type { BalancedTree } from './balancedTree.ts'

export interface TreeBalance {
  /**
   * Mean over the nodes above the leaves of H(items of the children) / ln(children with items), weighted
   * by the node's items: 1 when all children of a node are equally large. A node with one child counts as 1.
   */
  readonly score: number
  /** Most less fewest items among the children of one node; a build leaves at most 1. */
  readonly largestDifference: number
  readonly singleChildNodes: number
  readonly emptyLeaves: number
}

/** How evenly a tree holds its items. @param under `leavesUnder` of the tree */
export function treeBalance(
  { children: c, leaf }: BalancedTree,
  under: readonly Int32Array[],
): TreeBalance {
  let [weighted, weight, largestDifference, singleChildNodes] = [0, 0, 0, 0]
  for (const counts of under) {
    for (let first = 0; first < counts.length; first += c) {
      let [items, open, least, most, entropy] = [0, 0, Infinity, 0, 0]
      for (let k = first; k < first + c; k++) {
        const n = counts[k]!
        items += n
        least = Math.min(least, n)
        most = Math.max(most, n)
        if (n === 0) continue
        open++
        entropy += n * Math.log(n)
      }
      if (items === 0) continue
      largestDifference = Math.max(largestDifference, most - least)
      if (open === 1) singleChildNodes++
      const evenness = open > 1 ? (Math.log(items) - entropy / items) / Math.log(open) : 1
      weighted += items * evenness
      weight += items
    }
  }
  const emptyLeaves = leaf.reduce((n, item) => n + (item < 0 ? 1 : 0), 0)
  const score = weight > 0 ? Math.min(1, weighted / weight) : 1
  return { score, largestDifference, singleChildNodes, emptyLeaves }
}

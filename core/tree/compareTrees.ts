import type { BalancedTree } from './balancedTree.ts'

export interface LevelAgreement {
  readonly level: number // clusters are the nodes of this level; 1 is the root's children
  /** Hubert & Arabie, "Comparing partitions", J. Classification 2(1), 1985; 1 = equal, 0 = by chance. */
  readonly adjustedRand: number
  /** Mean over the clusters of the first tree of the best Jaccard index with one of the second. */
  readonly overlap: number
}

/**
 * How alike two trees over the same items cluster them, level by level down to the leaves' parents. Items
 * that one of the trees does not hold are left out.
 */
export function compareTrees(a: BalancedTree, b: BalancedTree): readonly LevelAgreement[] {
  const depth = Math.min(a.depth, b.depth)
  const shared = [...a.slotOf.keys()].filter((item) => {
    return a.slotOf[item]! >= 0 && (b.slotOf[item] ?? -1) >= 0
  })
  return Array.from({ length: Math.max(0, depth - 1) }, (_, i) => {
    const level = i + 1
    const cluster = (tree: BalancedTree) => {
      const span = tree.children ** (tree.depth - level)
      return Int32Array.from(shared, (item) => Math.floor(tree.slotOf[item]! / span))
    }
    return { level, ...agreement(cluster(a), cluster(b)) }
  })
}

function agreement(a: Int32Array, b: Int32Array): Omit<LevelAgreement, 'level'> {
  const cells = new Map<number, Map<number, number>>()
  const left = new Map<number, number>()
  const right = new Map<number, number>()
  const add = (counts: Map<number, number>, key: number) =>
    counts.set(key, (counts.get(key) ?? 0) + 1)
  a.forEach((p, i) => {
    const q = b[i]!
    add(left, p)
    add(right, q)
    let row = cells.get(p)
    if (!row) cells.set(p, (row = new Map()))
    add(row, q)
  })
  const pairs = (n: number) => (n * (n - 1)) / 2
  const sum = (counts: Iterable<number>) => [...counts].reduce((total, n) => total + pairs(n), 0)
  const together = sum([...cells.values()].flatMap((row) => [...row.values()]))
  const [inA, inB] = [sum(left.values()), sum(right.values())]
  const all = pairs(a.length)
  const expected = all > 0 ? (inA * inB) / all : 0
  const most = (inA + inB) / 2
  let overlap = 0
  for (const [p, row] of cells) {
    let best = 0
    for (const [q, n] of row) best = Math.max(best, n / (left.get(p)! + right.get(q)! - n))
    overlap += best / cells.size
  }
  // one cluster against one cluster, or singletons against singletons: equal, though 0/0
  return {
    adjustedRand: most === expected ? 1 : (together - expected) / (most - expected),
    overlap,
  }
}

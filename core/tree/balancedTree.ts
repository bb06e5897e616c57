import type { ItemVectors } from '#core/itemSpace/itemVectors'
import { treeShape } from '#core/metric/treeShape'
import type { Rng } from '#core/random/rng'
import { splits, type SplitId } from './index.ts'

/**
 * A balanced tree as arrays (TP2): level l = 0 … depth − 1 has c^l nodes, child k of node v is v·c + k,
 * and the c^depth leaf slots hold an item or −1.
 */
export interface BalancedTree {
  readonly depth: number
  readonly children: number // c, the smallest integer with c^depth ≥ items
  readonly leaf: Int32Array // [c^depth], item or −1
  readonly slotOf: Int32Array // [items], the item's leaf slot; −1 for an item that was removed
}

export interface BuildProgress {
  readonly placed: number
  readonly items: number
}

/**
 * Builds the tree from the root down, a node at a time, and says after each level how many nodes are
 * done, so that a million items can be watched and stopped.
 * @throws RangeError if there is no item, or depth is not a positive integer
 */
export function* buildTree(
  vectors: ItemVectors,
  depth: number,
  split: SplitId,
  rng: Rng,
): Generator<BuildProgress, BalancedTree> {
  const { items } = vectors
  const { children: c, leafCapacity } = treeShape(items, depth)
  const order = Int32Array.from({ length: items }, (_, j) => j)
  const leaf = new Int32Array(leafCapacity).fill(-1)
  const slotOf = new Int32Array(items).fill(-1)
  let bounds = Int32Array.of(0, items) // node v of the level holds order[bounds[v] … bounds[v + 1]]
  for (let level = 0; level < depth; level++) {
    const nodes = bounds.length - 1
    const next = new Int32Array(nodes * c + 1)
    let reported = 0
    for (let v = 0; v < nodes; v++) {
      const [from, to] = [bounds[v]!, bounds[v + 1]!]
      const sizes = siblingSizes(to - from, c)
      // at most one item per child: their order among each other is all that a split could change
      if (to - from > 1) splits[split].reorder(order.subarray(from, to), sizes, vectors, rng)
      let end = from
      for (let k = 0; k < c; k++) next[v * c + k + 1] = end += sizes[k]!
      if (to - reported > items / 50) {
        reported = to
        yield { placed: level * items + to, items: depth * items }
      }
    }
    bounds = next
  }
  for (let slot = 0; slot < leafCapacity; slot++) {
    if (bounds[slot] === bounds[slot + 1]) continue
    const item = order[bounds[slot]!]!
    leaf[slot] = item
    slotOf[item] = slot
  }
  return { depth, children: c, leaf, slotOf }
}

/** The tree at once. */
export function builtTree(
  vectors: ItemVectors,
  depth: number,
  split: SplitId,
  rng: Rng,
): BalancedTree {
  const building = buildTree(vectors, depth, split, rng)
  for (;;) {
    const step = building.next()
    if (step.done) return step.value
  }
}

/**
 * Sizes of a node's children: with L = ⌈n/c⌉ the first c − (c·L − n) get L, the rest L − 1 (TP2), so
 * that siblings differ by at most one.
 */
export function siblingSizes(n: number, c: number): Int32Array {
  const large = Math.ceil(n / c)
  const first = c - (c * large - n)
  return Int32Array.from({ length: c }, (_, k) => (k < first ? large : Math.max(0, large - 1)))
}

/** Items under each child at each level: [l] holds c^(l + 1) counts, children of node v at v·c. */
export function leavesUnder({ leaf, depth, children: c }: BalancedTree): readonly Int32Array[] {
  const counts: Int32Array[] = []
  let below: Int32Array = Int32Array.from(leaf, (item) => (item < 0 ? 0 : 1))
  for (let level = depth - 1; level >= 0; level--) {
    counts[level] = below
    const sums = new Int32Array(below.length / c)
    below.forEach((n, at) => (sums[Math.floor(at / c)]! += n))
    below = sums
  }
  return counts
}

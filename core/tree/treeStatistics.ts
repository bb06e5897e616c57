import type { Interval } from '#core/stats/interval'
import type { BalancedTree } from './balancedTree.ts'
import { leavesUnder } from './balancedTree.ts'

/** What decisions left at the nodes of a tree. */
export interface TreeVisits {
  /** Of each level: times a node was passed, [c^level]. */
  readonly visits: readonly Float64Array[]
  /** Entropy of the node's children summed over its visits, in nats. */
  readonly entropy: readonly Float64Array[]
  /** Answers to the items chosen under the node: sum and sum of squares; the leaf slots come last. */
  readonly reward: readonly Float64Array[]
  readonly rewardSquares: readonly Float64Array[]
  /** Times each leaf slot was shown, [c^depth]. */
  readonly exposure: Float64Array
}

export function emptyVisits({ depth, children }: BalancedTree): TreeVisits {
  const levels = (n: number) => Array.from({ length: n }, (_, l) => new Float64Array(children ** l))
  return {
    visits: levels(depth),
    entropy: levels(depth),
    reward: levels(depth + 1),
    rewardSquares: levels(depth + 1),
    exposure: new Float64Array(children ** depth),
  }
}

/** One decision that ended at a leaf slot; @param entropies of the nodes passed, [depth] */
export function countDecision(
  tree: BalancedTree,
  into: TreeVisits,
  slot: number,
  entropies: ArrayLike<number>,
  answer: number,
): void {
  into.exposure[slot]!++
  into.reward[tree.depth]![slot]! += answer
  into.rewardSquares[tree.depth]![slot]! += answer * answer
  let node = slot
  for (let level = tree.depth - 1; level >= 0; level--) {
    node = Math.floor(node / tree.children)
    into.visits[level]![node]!++
    into.entropy[level]![node]! += entropies[level]!
    into.reward[level]![node]! += answer
    into.rewardSquares[level]![node]! += answer * answer
  }
}

export interface NodeStatistics {
  readonly level: number
  readonly node: number
  readonly children: number // with at least one item
  readonly items: number
  /** Items per leaf slot below. */
  readonly fill: number
  readonly visits: number
  /** Mean entropy of its decisions in nats; null if it was never passed. */
  readonly entropy: number | null
  readonly meanReward: number | null
  /** 95 %, normal approximation over visits; null below two. */
  readonly rewardInterval: Interval | null
  /** Share of all that was shown. */
  readonly exposure: number | null
}

/** One row per node of a level above the leaves, by node. */
export function levelStatistics(
  tree: BalancedTree,
  found: TreeVisits,
  level: number,
): readonly NodeStatistics[] {
  const { children: c, depth } = tree
  const under = leavesUnder(tree)[level]!
  const slots = c ** (depth - level)
  let shown = 0
  for (const times of found.visits[level]!) shown += times
  return Array.from({ length: c ** level }, (_, node) => {
    const own = under.subarray(node * c, (node + 1) * c)
    let [items, open] = [0, 0]
    for (const n of own) {
      items += n
      if (n > 0) open++
    }
    const visits = found.visits[level]![node]!
    const mean = visits > 0 ? found.reward[level]![node]! / visits : null
    return {
      level,
      node,
      children: open,
      items,
      fill: items / slots,
      visits,
      entropy: visits > 0 ? found.entropy[level]![node]! / visits : null,
      meanReward: mean,
      rewardInterval:
        mean === null ? null : meanInterval(mean, found.rewardSquares[level]![node]!, visits),
      exposure: shown > 0 ? visits / shown : null,
    }
  })
}

/** @param squares sum of the squares of the n values */
export function meanInterval(mean: number, squares: number, n: number): Interval | null {
  if (n < 2) return null
  const variance = Math.max(0, (squares - n * mean * mean) / (n - 1))
  const half = 1.96 * Math.sqrt(variance / n)
  return { low: mean - half, high: mean + half }
}

export interface TreeSummary {
  readonly items: number
  readonly depth: number
  readonly children: number
  readonly leafSlots: number
  readonly emptySlots: number
  readonly nodes: number
  /** Nodes with a single child that leads to items: no decision. */
  readonly forcedNodes: number
  /** Fewest and most items of a child, level by level. */
  readonly childSizes: readonly { readonly least: number; readonly most: number }[]
  /** Share of the nodes whose children differ by at most one item: 1 after a build. */
  readonly balance: number
  readonly outputsPerDecision: number
  readonly speedUpBound: number
}

export function treeSummary(tree: BalancedTree): TreeSummary {
  const { depth, children: c, leaf } = tree
  const under = leavesUnder(tree)
  const items = leaf.reduce((n, item) => n + (item < 0 ? 0 : 1), 0)
  let [nodes, forced, balanced] = [0, 0, 0]
  const childSizes = under.map((counts) => {
    let [least, most] = [Infinity, 0]
    for (let first = 0; first < counts.length; first += c) {
      let [low, high, open] = [Infinity, 0, 0]
      for (let k = first; k < first + c; k++) {
        low = Math.min(low, counts[k]!)
        high = Math.max(high, counts[k]!)
        if (counts[k]! > 0) open++
      }
      nodes++
      if (open === 1) forced++
      if (high - low <= 1) balanced++
      least = Math.min(least, low)
      most = Math.max(most, high)
    }
    return { least, most }
  })
  return {
    items,
    depth,
    children: c,
    leafSlots: leaf.length,
    emptySlots: leaf.length - items,
    nodes,
    forcedNodes: forced,
    childSizes,
    balance: balanced / nodes,
    outputsPerDecision: c * depth,
    speedUpBound: items / (c * depth),
  }
}

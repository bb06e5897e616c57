import type { Interval } from '#core/stats/interval'
import type { InspectedTree } from './inspectedTree.ts'
import { pathOf, type NodeAddress } from './nodePath.ts'
import { meanInterval } from './treeStatistics.ts'

/** What is known of one node or leaf; null where nothing was counted. */
export interface NodeFigures {
  readonly path: string
  readonly level: number
  readonly children: number // that hold items; 0 for a leaf
  readonly items: number
  /** Items per leaf slot below. */
  readonly fill: number
  readonly visits: number | null
  /** Of all decisions. */
  readonly share: number | null
  /** Entropy of its decisions over the largest possible, 0 to 1; null for a leaf and a forced move. */
  readonly entropy: number | null
  readonly reward: number | null
  /** 95 %, normal approximation over visits; null below two. */
  readonly interval: Interval | null
  /** Last update that learnt from it; null for a leaf and for a node that none has passed. */
  readonly lastUpdate: number | null
}

export function nodeFigures(inspected: InspectedTree, at: NodeAddress): NodeFigures {
  const { tree, under, found, lastUpdate } = inspected
  const { children: c, depth, leaf } = tree
  const { level, node } = at
  let [items, children] = [0, 0]
  if (level === depth) items = leaf[node]! < 0 ? 0 : 1
  else {
    for (let k = node * c; k < (node + 1) * c; k++) {
      items += under[level]![k]!
      if (under[level]![k]! > 0) children++
    }
  }
  const visits = found && (level === depth ? found.exposure : found.visits[level]!)[node]!
  const shown = found?.visits[0]![0] ?? 0
  const passed = found !== null && visits !== null && visits > 0
  const reward = passed ? found.reward[level]![node]! / visits : null
  const last = level < depth ? (lastUpdate?.[level]![node] ?? -1) : -1
  return {
    path: pathOf(tree, at),
    level,
    children,
    items,
    fill: items / c ** (depth - level),
    visits,
    share: visits !== null && shown > 0 ? visits / shown : null,
    entropy:
      passed && children > 1
        ? Math.min(1, found.entropy[level]![node]! / visits / Math.log(children))
        : null,
    reward,
    interval:
      passed && reward !== null
        ? meanInterval(reward, found.rewardSquares[level]![node]!, visits)
        : null,
    lastUpdate: last < 0 ? null : last,
  }
}

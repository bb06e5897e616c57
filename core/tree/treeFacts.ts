import { exposure } from '#core/metric/exposure'
import type { InspectedTree } from './inspectedTree.ts'
import { levelsOf, type LevelFigures, type LevelMap } from './levelMap.ts'
import { nodeFigures, type NodeFigures } from './nodeFigures.ts'
import { treeBalance, type TreeBalance } from './treeBalance.ts'
import { treeSummary, type TreeSummary } from './treeStatistics.ts'

/** How evenly a policy shows the items of its tree. */
interface TreeExposure {
  readonly gini: number
  /** Items that would share the decisions equally: exp of the entropy of their exposures. */
  readonly effectiveItems: number
  readonly uniqueItems: number
  /** Cumulated share of decisions over items, least shown first, at equal steps from 0 to 1. */
  readonly lorenz: Float64Array
}

/** A tree in one look. */
export interface TreeFacts {
  readonly summary: TreeSummary
  readonly balance: TreeBalance
  readonly root: NodeFigures
  /** Mean policy entropy over all decisions that had a choice, 0 to 1; null where none was counted. */
  readonly entropy: number | null
  readonly exposure: TreeExposure | null
  readonly levels: readonly LevelFigures[]
  readonly map: LevelMap | null
}

const lorenzSteps = 200

export function treeFacts(inspected: InspectedTree): TreeFacts {
  const { tree, under, found } = inspected
  const { figures, map } = levelsOf(inspected)
  const shown = found && exposedItems(inspected)
  const passed = figures.filter(({ entropy }) => entropy !== null)
  return {
    summary: treeSummary(tree),
    balance: treeBalance(tree, under),
    root: nodeFigures(inspected, { level: 0, node: 0 }),
    // every decision passes each level once
    entropy:
      passed.length > 0
        ? passed.reduce((sum, { entropy }) => sum + entropy!, 0) / passed.length
        : null,
    exposure: shown && exposureOf(shown),
    levels: figures,
    map,
  }
}

function exposedItems({ tree, found }: InspectedTree): number[] {
  const shown: number[] = []
  tree.leaf.forEach((item, slot) => {
    if (item >= 0) shown.push(found!.exposure[slot]!)
  })
  return shown
}

function exposureOf(shown: readonly number[]): TreeExposure {
  const { gini, effectiveItems, lorenz } = exposure(shown)
  return {
    gini,
    effectiveItems,
    uniqueItems: shown.filter((times) => times > 0).length,
    lorenz: Float64Array.from({ length: lorenzSteps + 1 }, (_, i) => {
      return lorenz[Math.round((i * shown.length) / lorenzSteps)]!
    }),
  }
}

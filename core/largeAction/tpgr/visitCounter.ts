import type { BalancedTree } from '#core/tree/balancedTree'
import { countDecision, emptyVisits, type TreeVisits } from '#core/tree/treeStatistics'
import type { DecisionWatch } from './pathPolicy.ts'

/** Counts what an evaluation leaves at the nodes of its tree. */
export function visitCounter(
  tree: BalancedTree,
): DecisionWatch & { reset(): void; visits(): TreeVisits } {
  let found = emptyVisits(tree)
  const entropies = new Float64Array(tree.depth)
  return {
    reset: () => (found = emptyVisits(tree)),
    visits: () => found,
    answered({ levels, rows }, { feedback }, items) {
      const c = tree.children
      for (let row = 0; row < rows; row++) {
        levels.forEach(({ probability, child }, level) => {
          let entropy = 0
          // a forced move has no probabilities and no entropy
          for (let k = row * c; child[row]! >= 0 && k < (row + 1) * c; k++) {
            const p = probability[k]!
            if (p > 0) entropy -= p * Math.log(p)
          }
          entropies[level] = entropy
        })
        // a row whose episode was over before this step has chosen nothing
        if (levels.every(({ child }) => child[row]! < 0)) continue
        countDecision(tree, found, tree.slotOf[items[row]!]!, entropies, feedback.raw[row]!)
      }
    },
  }
}

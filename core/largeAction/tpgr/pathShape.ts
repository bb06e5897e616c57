import type { RidgePrior } from '#core/episode/ridgeBelief'
import type { BalancedTree } from '#core/tree/balancedTree'

/** What a policy knows about the items, learnt from training users alone. */
export interface StateVectors {
  /** Vector of the item shown last, input of the recurrent cell: [items × embeddingWidth]. */
  readonly embedding: Float32Array
  readonly embeddingWidth: number
  /** Vectors whose sum, weighted by the answers, is a feature: [items × feedbackWidth]. */
  readonly feedback: Float32Array
  readonly feedbackWidth: number
  /** For the ridge estimate of the user as a feature; null without. */
  readonly prior: RidgePrior | null
}

/** Sizes of a path policy and where its parameters lie in one block. */
export interface PathShape {
  readonly featureWidth: number
  readonly recurrentWidth: number // 0 without a recurrent cell
  readonly shownWidth: number // c with counts of what was shown, else 0
  readonly stateWidth: number
  readonly hidden: number // units of the shared layer; 0 for linear heads
  readonly headWidth: number // inputs of a head: state and hidden units
  readonly depth: number
  readonly children: number
  /** Nodes above level l: node v of level l has number `firstNode[l] + v`. */
  readonly firstNode: readonly number[]
  readonly nodes: number
  readonly trunkAt: number // W [state × hidden], b [hidden]
  readonly cellAt: number // W [recurrent × 3·recurrent], b [3·recurrent]
  readonly headsAt: number // per node W [headWidth × c], b [c]
  readonly nodeSize: number
  readonly parameters: number
}

const rewardBins = 10

/** Inputs of the recurrent cell: item vector, answer in ten bins, features (TP3). */
const cellWidth = (vectors: StateVectors, featureWidth: number): number =>
  vectors.embeddingWidth + rewardBins + featureWidth

/** One of ten bins of an answer in [−1, 1], best first; the worst answer stays in the last bin. */
export const rewardBin = (answer: number): number =>
  Math.min(rewardBins - 1, Math.max(0, Math.floor((rewardBins * (1 - answer)) / 2)))

export function pathShape(
  tree: BalancedTree,
  vectors: StateVectors,
  featureWidth: number,
  options: { readonly recurrent: boolean; readonly hidden: number; readonly shown?: boolean },
): PathShape {
  const { depth, children } = tree
  const recurrentWidth = options.recurrent ? cellWidth(vectors, featureWidth) : 0
  const shownWidth = options.shown ? children : 0
  const beliefWidth = vectors.prior?.rank ?? 0
  const stateWidth =
    recurrentWidth + featureWidth + vectors.feedbackWidth + beliefWidth + shownWidth + 1
  const headWidth = stateWidth + options.hidden
  const firstNode: number[] = []
  let nodes = 0
  for (let level = 0; level < depth; level++) {
    firstNode.push(nodes)
    nodes += children ** level
  }
  const cellAt = (stateWidth + 1) * options.hidden
  const headsAt = cellAt + (recurrentWidth + 1) * 3 * recurrentWidth
  const nodeSize = (headWidth + 1) * children
  return {
    featureWidth,
    recurrentWidth,
    shownWidth,
    stateWidth,
    hidden: options.hidden,
    headWidth,
    depth,
    children,
    firstNode,
    nodes,
    trunkAt: 0,
    cellAt,
    headsAt,
    nodeSize,
    parameters: headsAt + nodes * nodeSize,
  }
}

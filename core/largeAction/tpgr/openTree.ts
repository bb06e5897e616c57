import { modelArray, type SavedModel } from '#core/model/savedModel'
import { leavesUnder } from '#core/tree/balancedTree'
import type { InspectedTree } from '#core/tree/inspectedTree'
import type { TpgrSpec } from '../trainParams.ts'
import { treeOf } from './tpgrModel.ts'
import { recordFrom } from './treeRecord.ts'

/**
 * The tree of a saved path policy as the inspector needs it. Items lie near each other by the vectors of
 * the policy's state, which training users alone have shaped.
 * @throws RangeError if the model is of another kind or an array is missing
 */
export function openTree(model: SavedModel): InspectedTree & {
  readonly spec: TpgrSpec
  readonly parameters: number
  readonly reconstruction: number | null
} {
  const { params, tree } = treeOf(model)
  const record = recordFrom(model, tree)
  const { feedbackWidth, embeddingWidth, items, spec } = params
  const [name, width] =
    feedbackWidth > 0
      ? (['feedback', feedbackWidth] as const)
      : (['embedding', embeddingWidth] as const)
  let at = 0
  const lastUpdate =
    record &&
    Array.from({ length: tree.depth }, (_, level) => {
      const nodes = tree.children ** level
      return record.lastUpdate.subarray(at, (at += nodes))
    })
  return {
    tree,
    under: leavesUnder(tree),
    found: record && record.found,
    lastUpdate,
    vectors: modelArray(model, name, 'float32', [items, width]),
    width,
    itemIds: record && record.itemIds,
    itemVectors: record && record.itemVectors,
    spec,
    reconstruction: params.reconstruction,
    parameters: model.arrays.find((array) => array.name === 'weights')?.values.length ?? 0,
  }
}

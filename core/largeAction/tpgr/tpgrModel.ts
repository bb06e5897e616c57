import { z } from 'zod'
import { modelArray, type SavedModel } from '#core/model/savedModel'
import type { BalancedTree } from '#core/tree/balancedTree'
import { ridgeArrays, ridgeFrom } from '../ridgeArrays.ts'
import { TpgrSpec } from '../trainParams.ts'
import { PathNetwork } from './pathNetwork.ts'
import { pathShape, type StateVectors } from './pathShape.ts'
import { recordArrays, type TreeRecord } from './treeRecord.ts'

const TpgrModelParams = z.strictObject({
  spec: TpgrSpec,
  items: z.int().min(1),
  depth: z.int().min(1),
  children: z.int().min(1),
  featureWidth: z.int().min(0),
  embeddingWidth: z.int().min(0),
  feedbackWidth: z.int().min(0),
  beliefRank: z.int().min(0),
  /** `reconstructionError` of the vectors that the tree was split by; null without ratings and in older models. */
  reconstruction: z.number().nullable().default(null),
})
type TpgrModelParams = z.output<typeof TpgrModelParams>

/** A trained path policy as numbers, with its tree and all that its state needs. */
export function tpgrModel(
  { tree, shape, vectors, weights }: PathNetwork,
  spec: TpgrSpec,
  record: TreeRecord,
  reconstruction: number | null,
): SavedModel {
  const { depth, children, leaf, slotOf } = tree
  const { embedding, embeddingWidth, feedback, feedbackWidth, prior } = vectors
  const items = slotOf.length
  const rank = prior?.rank ?? 0
  const floats = (name: string, shapeOf: readonly number[], values: ArrayLike<number>) => ({
    name,
    shape: shapeOf,
    values: Float32Array.from(values),
  })
  const params: TpgrModelParams = {
    spec,
    items,
    depth,
    children,
    featureWidth: shape.featureWidth,
    embeddingWidth,
    feedbackWidth,
    beliefRank: rank,
    reconstruction,
  }
  return {
    kind: 'tpgr',
    params,
    arrays: [
      { name: 'leaf', shape: [leaf.length], values: leaf.slice() },
      floats('weights', [shape.parameters], weights.values),
      floats('embedding', [items, embeddingWidth], embedding),
      floats('feedback', [items, feedbackWidth], feedback),
      ...ridgeArrays(prior),
      ...recordArrays(record),
    ],
  }
}

/**
 * The tree of a saved model alone, without its weights.
 * @throws RangeError if the model is of another kind, or its leaves are missing
 */
export function treeOf(model: SavedModel): {
  readonly params: TpgrModelParams
  readonly tree: BalancedTree
} {
  if (model.kind !== 'tpgr') throw new RangeError(`the model is of kind ${model.kind}, not tpgr`)
  const params = TpgrModelParams.parse(model.params)
  const { items, depth, children } = params
  const leaf = modelArray(model, 'leaf', 'int32', [children ** depth])
  const slotOf = new Int32Array(items).fill(-1)
  leaf.forEach((item, slot) => {
    if (item >= 0) slotOf[item] = slot
  })
  return { params, tree: { depth, children, leaf, slotOf } }
}

/**
 * The policy of a saved model, for decisions.
 * @param work numbers of arena that its episodes will need
 * @throws RangeError if the model is of another kind, or an array is missing or of another shape
 */
export function loadTpgr(
  model: SavedModel,
  work: number,
): { network: PathNetwork; spec: TpgrSpec } {
  const { params, tree } = treeOf(model)
  const { items, embeddingWidth, feedbackWidth, beliefRank: rank } = params
  const numbers = (name: string, shape: readonly number[]) =>
    modelArray(model, name, 'float32', shape)
  const vectors: StateVectors = {
    embedding: numbers('embedding', [items, embeddingWidth]),
    embeddingWidth,
    feedback: numbers('feedback', [items, feedbackWidth]),
    feedbackWidth,
    prior: ridgeFrom(model, items, rank),
  }
  const shape = pathShape(tree, vectors, params.featureWidth, params.spec.agent)
  const network = new PathNetwork(tree, shape, vectors, { trains: false, work })
  network.load(numbers('weights', [shape.parameters]))
  return { network, spec: params.spec }
}

import type { ItemVectors } from '#core/itemSpace/itemVectors'
import { modelArray, type SavedModel } from '#core/model/savedModel'
import type { BalancedTree } from '#core/tree/balancedTree'
import { emptyVisits, type TreeVisits } from '#core/tree/treeStatistics'

/** What training leaves about the nodes of a tree, beside the weights. */
export interface TreeRecord {
  /** Of the last sampled evaluation. */
  readonly found: TreeVisits
  /** The last update that learnt from each node, levels one after the other; −1 for none. */
  readonly lastUpdate: Int32Array
  /** Ids of the items in their file, where all are whole numbers. */
  readonly itemIds: Int32Array | null
  /** By which the tree was split; null in models that were saved without. */
  readonly itemVectors: ItemVectors | null
}

/** The record among the arrays of a model. */
export function recordArrays({
  found,
  lastUpdate,
  itemIds,
  itemVectors,
}: TreeRecord): SavedModel['arrays'] {
  const { visits, entropy, reward, rewardSquares, exposure } = found
  const floats = (name: string, levels: readonly Float64Array[]) => {
    const values = Float32Array.from(joined(levels))
    return { name, shape: [values.length], values }
  }
  const counts = Int32Array.from(joined([...visits, exposure]))
  return [
    { name: 'visits', shape: [counts.length], values: counts },
    floats('visit entropy', entropy),
    floats('visit reward', reward),
    floats('visit reward squares', rewardSquares),
    { name: 'last update', shape: [lastUpdate.length], values: lastUpdate.slice() },
    ...(itemVectors
      ? [
          {
            name: vectorsName,
            shape: [itemVectors.items, itemVectors.width],
            values: itemVectors.values.slice(),
          },
        ]
      : []),
    ...(itemIds ? [{ name: 'item id', shape: [itemIds.length], values: itemIds.slice() }] : []),
  ]
}

/**
 * The record of a model of this tree; null for one that was saved without.
 * @throws RangeError if an array does not fit the tree
 */
export function recordFrom(model: SavedModel, tree: BalancedTree): TreeRecord | null {
  const holds = (name: string) => model.arrays.some((array) => array.name === name)
  if (!holds('visits')) return null
  const found = emptyVisits(tree)
  const nodes = found.visits.reduce((sum, { length }) => sum + length, 0)
  const all = [nodes + tree.leaf.length]
  spread(modelArray(model, 'visits', 'int32', all), [...found.visits, found.exposure])
  spread(modelArray(model, 'visit entropy', 'float32', [nodes]), found.entropy)
  spread(modelArray(model, 'visit reward', 'float32', all), found.reward)
  spread(modelArray(model, 'visit reward squares', 'float32', all), found.rewardSquares)
  return {
    found,
    lastUpdate: modelArray(model, 'last update', 'int32', [nodes]),
    itemVectors: vectorsFrom(model, tree.slotOf.length),
    itemIds: holds('item id') ? modelArray(model, 'item id', 'int32', [tree.slotOf.length]) : null,
  }
}

const vectorsName = 'item vector'

function vectorsFrom(model: SavedModel, items: number): ItemVectors | null {
  const width = model.arrays.find(({ name }) => name === vectorsName)?.shape[1] ?? 0
  if (width === 0) return null
  return { items, width, values: modelArray(model, vectorsName, 'float32', [items, width]) }
}

/** Ids of a ratings table as numbers, or null where one is not a whole number of 32 bits. */
export function wholeIds(ids: readonly string[]): Int32Array | null {
  const numbers = Int32Array.from(ids, Number)
  const fits = ids.length > 0 && ids.every((id, i) => String(numbers[i]) === id)
  return fits ? numbers : null
}

const joined = (levels: readonly Float64Array[]): number[] => levels.flatMap((level) => [...level])

function spread(values: ArrayLike<number>, levels: readonly Float64Array[]): void {
  let at = 0
  for (const level of levels) {
    for (let node = 0; node < level.length; node++) level[node] = values[at++]!
  }
}

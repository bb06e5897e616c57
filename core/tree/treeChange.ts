import type { ItemVectors } from '#core/itemSpace/itemVectors'
import { leavesUnder } from './balancedTree.ts'
import { itemName, type InspectedTree } from './inspectedTree.ts'
import { LivingTree, type Drift } from './livingTree.ts'
import { pathOf } from './nodePath.ts'
import { treeBalance, type TreeBalance } from './treeBalance.ts'

/** A new item: by items that it is like, whose mean is its vector, or by a vector of its own. */
type NewItem = { readonly like: readonly string[] } | { readonly vector: readonly number[] }

/** Items that would leave, by name, and items that would come. */
interface ItemsChanged {
  readonly remove: readonly string[]
  readonly add: readonly NewItem[]
}

/** What a tree would be like if items came and went without a rebuild. */
export interface TreeChange {
  /** Of each new item that finds a leaf, in order. */
  readonly placed: readonly {
    readonly path: string
    /** Euclidean distance to the mean of the items under its parent; null where there were none. */
    readonly distance: number | null
    /** Root mean square distance of those items to their mean: what is usual there; null for fewer than two. */
    readonly usual: number | null
    /** Up to three of the items that it joins. */
    readonly beside: readonly string[]
  }[]
  /** New items that find no free leaf. */
  readonly unplaced: number
  readonly items: { readonly before: number; readonly after: number }
  readonly balance: { readonly before: TreeBalance; readonly after: TreeBalance }
  readonly drift: Drift
}

/**
 * Items leave their leaves, then new ones take the free leaf under the nearest parent (`LivingTree`); no other
 * item moves, so that what the policies have learnt keeps its place.
 * @param vectors that the tree was split by
 * @throws RangeError that names an item which the tree does not hold, or a vector of another width
 */
export function treeChange(
  inspected: InspectedTree,
  vectors: ItemVectors,
  { remove, add }: ItemsChanged,
): TreeChange {
  const { tree, under } = inspected
  const numbers = new Map(Array.from(tree.slotOf, (_, item) => [itemName(inspected, item), item]))
  const numberOf = (name: string): number => {
    const item = numbers.get(name.trim()) ?? -1
    if (item < 0 || tree.slotOf[item]! < 0) throw new RangeError(`the tree holds no item "${name}"`)
    return item
  }
  const living = new LivingTree(tree, vectors)
  const arriving = add.map((one) => vectorOf(one, vectors, numberOf))
  for (const item of new Set(remove.map(numberOf))) living.remove(item)
  const placed: TreeChange['placed'][number][] = []
  for (const vector of arriving) {
    if (!living.leaf.includes(-1)) break
    const before = living.leaf.slice()
    const { slot } = living.add(vector)
    const first = slot - (slot % tree.children)
    const own = before.subarray(first, first + tree.children).filter((item) => item >= 0)
    const known = [...own].filter((item) => item < vectors.items)
    placed.push({
      path: pathOf(tree, { level: tree.depth, node: slot }),
      ...distances(vector, known, vectors),
      beside: known.slice(0, 3).map((item) => itemName(inspected, item)),
    })
  }
  const after = living.tree()
  const count = (leaf: Int32Array) => leaf.reduce((n, item) => n + (item < 0 ? 0 : 1), 0)
  return {
    placed,
    unplaced: add.length - placed.length,
    items: { before: count(tree.leaf), after: count(after.leaf) },
    balance: {
      before: treeBalance(tree, under),
      after: treeBalance(after, leavesUnder(after)),
    },
    drift: living.drift(),
  }
}

function vectorOf(
  item: NewItem,
  { width, values }: ItemVectors,
  numberOf: (name: string) => number,
): Float32Array {
  if ('vector' in item) {
    if (item.vector.length === width) return Float32Array.from(item.vector)
    throw new RangeError(
      `the vector has ${item.vector.length} numbers, those of this tree have ${width}`,
    )
  }
  const like = item.like.map(numberOf)
  return Float32Array.from({ length: width }, (_, f) => {
    return like.reduce((sum, one) => sum + values[one * width + f]!, 0) / like.length
  })
}

function distances(vector: Float32Array, own: readonly number[], { width, values }: ItemVectors) {
  if (own.length === 0) return { distance: null, usual: null }
  const mean = vector.map((_, f) => {
    return own.reduce((sum, item) => sum + values[item * width + f]!, 0) / own.length
  })
  const square = (value: (f: number) => number) =>
    mean.reduce((sum, m, f) => sum + (value(f) - m) ** 2, 0)
  const spread = own.map((item) => square((f) => values[item * width + f]!))
  const usual = Math.sqrt(spread.reduce((a, b) => a + b, 0) / own.length)
  return {
    distance: Math.sqrt(square((f) => vector[f]!)),
    usual: own.length > 1 ? usual : null,
  }
}

import type { BalancedTree } from './balancedTree.ts'
import { movedItems, rootOverlap, type MovedItem, type RootOverlap } from './compareItems.ts'
import { compareTrees, type LevelAgreement } from './compareTrees.ts'
import { itemName, type InspectedTree } from './inspectedTree.ts'

/** By what the items of two trees are taken to be the same. */
type ItemMatch =
  | 'id' // the ids of their files
  | 'number' // their places in the world: nothing else is known of them

/** Two trees over the same items, or over those that both have. */
export interface TreeComparison {
  readonly match: ItemMatch
  readonly shared: number
  /** How many items only one of them has, and the names of the first. */
  readonly only: readonly [OnlyOne, OnlyOne]
  /** Levels above the leaves that both trees have; empty where one has a single level. */
  readonly levels: readonly LevelAgreement[]
  /** Null where the roots have too many children to be drawn. */
  readonly overlap: RootOverlap | null
  /** All that moved, and the first of them. */
  readonly moved: { readonly count: number; readonly first: readonly NamedMove[] } | null
}

interface OnlyOne {
  readonly count: number
  readonly first: readonly string[]
}

type NamedMove = Omit<MovedItem, 'item'> & { readonly item: string }

/** Cells of an overlap that are sent and drawn, at most. */
const mostCells = 40_000
const listed = 200

export function treeComparison(a: InspectedTree, b: InspectedTree): TreeComparison {
  const match: ItemMatch = a.itemIds && b.itemIds ? 'id' : 'number'
  const other = match === 'id' ? renumbered(a, b) : b.tree
  const [mine, theirs] = [held(a.tree), held(b.tree)]
  const shared = mine.filter((item) => (other.slotOf[item] ?? -1) >= 0)
  const sharedNames = new Set(shared.map((item) => nameFor(match, a, item)))
  const only = (side: InspectedTree, items: readonly number[]): OnlyOne => {
    const rest = items.filter((item) => !sharedNames.has(nameFor(match, side, item)))
    return { count: rest.length, first: rest.slice(0, 12).map((item) => itemName(side, item)) }
  }
  const fits = a.tree.children * b.tree.children <= mostCells && shared.length > 0
  const overlap = fits ? rootOverlap(a.tree, other, shared) : null
  const moved = overlap && movedItems(a.tree, other, shared, overlap)
  return {
    match,
    shared: shared.length,
    only: [only(a, mine), only(b, theirs)],
    levels: shared.length > 0 ? compareTrees(a.tree, other) : [],
    overlap,
    moved: moved && {
      count: moved.length,
      first: moved.slice(0, listed).map((move) => ({ ...move, item: itemName(a, move.item) })),
    },
  }
}

const held = ({ slotOf }: BalancedTree): readonly number[] =>
  [...slotOf.keys()].filter((item) => slotOf[item]! >= 0)

const nameFor = (match: ItemMatch, side: InspectedTree, item: number): string =>
  match === 'id' ? itemName(side, item) : String(item)

/** The second tree with the numbers that the first gives to the same ids. */
function renumbered(a: InspectedTree, b: InspectedTree): BalancedTree {
  const number = new Map(Array.from(a.itemIds!, (id, item) => [id, item]))
  const slotOf = new Int32Array(a.tree.slotOf.length).fill(-1)
  b.itemIds!.forEach((id, item) => {
    const own = number.get(id)
    if (own !== undefined) slotOf[own] = b.tree.slotOf[item]!
  })
  return { ...b.tree, slotOf }
}

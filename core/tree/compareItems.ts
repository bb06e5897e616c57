import type { BalancedTree } from './balancedTree.ts'
import { nodeAbove, pathOf } from './nodePath.ts'

/** How the children of two roots share items. */
export interface RootOverlap {
  readonly rows: Int32Array // children of the first root that hold items
  readonly columns: Int32Array // of the second
  readonly shared: Int32Array // [rows × columns] items
}

/** @param items that both trees hold */
export function rootOverlap(
  a: BalancedTree,
  b: BalancedTree,
  items: ArrayLike<number>,
): RootOverlap {
  const counts = new Int32Array(a.children * b.children)
  for (let i = 0; i < items.length; i++) {
    const row = nodeAbove(a, a.slotOf[items[i]!]!, 1)
    counts[row * b.children + nodeAbove(b, b.slotOf[items[i]!]!, 1)]!++
  }
  const all = (n: number) => Array.from({ length: n }, (_, k) => k)
  const rows = all(a.children).filter((p) =>
    all(b.children).some((q) => counts[p * b.children + q]! > 0),
  )
  const columns = all(b.children).filter((q) => rows.some((p) => counts[p * b.children + q]! > 0))
  return {
    rows: Int32Array.from(rows),
    columns: Int32Array.from(columns),
    shared: Int32Array.from(rows.flatMap((p) => columns.map((q) => counts[p * b.children + q]!))),
  }
}

export interface MovedItem {
  readonly item: number
  readonly from: string // path in the first tree
  readonly to: string
}

/**
 * Items that lie apart from where their group went: children of the roots are matched one to one, those
 * that share most items first (ties by number), and an item has moved when its children are no pair.
 */
export function movedItems(
  a: BalancedTree,
  b: BalancedTree,
  items: ArrayLike<number>,
  { rows, columns, shared }: RootOverlap,
): readonly MovedItem[] {
  const cells = Array.from(shared, (n, i) => ({ n, i })).filter(({ n }) => n > 0)
  cells.sort((x, y) => y.n - x.n || x.i - y.i)
  const partner = new Map<number, number>()
  const taken = new Set<number>()
  for (const { i } of cells) {
    const [p, q] = [rows[Math.floor(i / columns.length)]!, columns[i % columns.length]!]
    if (partner.has(p) || taken.has(q)) continue
    partner.set(p, q)
    taken.add(q)
  }
  const moved: MovedItem[] = []
  for (let i = 0; i < items.length; i++) {
    const item = items[i]!
    const [from, to] = [a.slotOf[item]!, b.slotOf[item]!]
    if (partner.get(nodeAbove(a, from, 1)) === nodeAbove(b, to, 1)) continue
    moved.push({
      item,
      from: pathOf(a, { level: a.depth, node: from }),
      to: pathOf(b, { level: b.depth, node: to }),
    })
  }
  return moved
}

import type { BalancedTree } from './balancedTree.ts'

/** A node by its level, 0 for the root, and its number within the level. */
export interface NodeAddress {
  readonly level: number
  readonly node: number
}

/**
 * The node that is reached by the given children from the root down: '' is the root, '7.3' the fourth
 * child of its eighth.
 * @throws RangeError that names what does not fit the tree
 */
export function nodeAt({ children, depth }: BalancedTree, path: string): NodeAddress {
  const parts = path === '' ? [] : path.split('.')
  if (parts.length > depth) {
    throw new RangeError(
      `the path "${path}" is longer than the tree is deep: at most ${depth} parts`,
    )
  }
  let node = 0
  for (const part of parts) {
    const child = /^\d+$/.test(part) ? Number(part) : -1
    if (child < 0 || child >= children) {
      throw new RangeError(
        `the path "${path}" names the child "${part}"; children are 0 to ${children - 1}`,
      )
    }
    node = node * children + child
  }
  return { level: parts.length, node }
}

/** The inverse of `nodeAt`. */
export function pathOf({ children }: BalancedTree, { level, node }: NodeAddress): string {
  const parts: number[] = []
  for (let l = level, v = node; l > 0; l--, v = Math.floor(v / children))
    parts.unshift(v % children)
  return parts.join('.')
}

/** The node of `level` above a leaf slot. */
export const nodeAbove = ({ children, depth }: BalancedTree, slot: number, level: number): number =>
  Math.floor(slot / children ** (depth - level))

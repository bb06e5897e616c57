import type { Rng } from '#core/random/rng'
import type { ItemVectors } from '#core/itemSpace/itemVectors'

/** How the items of one node are dealt to its children. */
export interface Split {
  readonly paper: string
  /** Reorders the items in place, so that consecutive runs of the given sizes are the children. */
  reorder(items: Int32Array, sizes: Int32Array, vectors: ItemVectors, rng: Rng): void
}

import type { ItemVectors } from './itemVectors.ts'

/** Item vectors that trainings on one dataset keep for each other, by `representationKey`. */
export interface VectorCache {
  /** @returns null for what was never kept */
  get(key: string): ItemVectors | null
  put(key: string, vectors: ItemVectors): void
}

import type { SparseRows } from '#core/environment/factorise'
import type { StreamFactory } from '#core/random/philox'
import type { ItemVectors } from './itemVectors.ts'

/** What a representation is learnt from: training users alone, for what has seen test users leaks. */
export interface RepresentationInput {
  readonly rewards: SparseRows // [training users × items]
  /** Vectors that the items came with; null without. */
  readonly content: ItemVectors | null
  readonly stream: StreamFactory
}

/** Learns a vector for every item and says now and then which share of the work is done, 0 … 1. */
export type Represent<Params> = (
  params: Params,
  input: RepresentationInput,
) => Generator<number, ItemVectors>

import type { RatedObserved } from '#core/environment/environment'

/** What a learner can be trained on before the first request. */
export type Pretraining =
  /** Visible interactions with the value of each pair. */
  | {
      readonly kind: 'history'
      readonly observed: RatedObserved
      readonly examination: number // mean probability that a slot is examined
      readonly writeState: WriteState
    }
  /** Lists that were shown before the run; the learner has observed them all. */
  | { readonly kind: 'log' }

/** As `UserMemory.composeState`: features of a user, items clicked so far, requests so far. */
type WriteState = (
  features: Float32Array,
  clicked: readonly number[],
  visits: number,
  out: Float32Array,
  offset: number,
) => void

import type { Ranker } from '#core/ranker/ranker'
import type { UpdateEvent } from './batch.ts'
import type { RoundCredit } from './serving.ts'

/** Who stands on the sides of a run, and what a round of impressions changes about them. */
export interface LineUp {
  /** Gradient steps before the first request. */
  readonly pretrainSteps: number
  /** Whether served impressions go to the replay of the learner. */
  readonly learns: boolean
  /** After pre-training, before the first request. */
  begin(): void
  /** Side 0 first; the same until the round is closed. */
  rankers(): readonly Ranker[]
  /** After M impressions (`explorer.duelImpressions`). */
  closeRound(credit: RoundCredit, impression: number): readonly UpdateEvent[]
  state(): LineUpState
  restore(state: LineUpState): void
  dispose(): void
}

export interface LineUpState {
  readonly duel: number // rounds closed
  readonly frozen?: readonly Float32Array[] // weights after pre-training
}

import type { Feedback } from '#core/agent/feedback'
import type { Pretraining } from '#core/agent/pretraining'
import type { Ranker } from '#core/ranker/ranker'
import type { UpdateEvent } from './batch.ts'
import type { Learner } from './learner.ts'
import type { RoundCredit } from './serving.ts'

/** Who stands on the sides of a run, and what a round of impressions changes about them. */
export interface LineUp {
  /** Gradient steps before the first request. */
  readonly pretrainSteps: number
  /** One step before the first request; `step` counts from 0. */
  pretrainStep(step: number, source: Pretraining): void
  /** After pre-training, before the first request. */
  begin(): void
  /** Side 0 first; the same until the round is closed. */
  rankers(): readonly Ranker[]
  /** The weights of Q and of the explore network that `rankers` drew; absent where no such pair is. */
  weightPair?(): WeightPair | null
  /** Once per shown list, in order, also within a round. */
  observe(feedback: Feedback): void
  /** Impressions after which a round closes; Infinity where simulated time closes it. */
  readonly roundImpressions: number
  /** After `roundImpressions`. */
  closeRound(credit: RoundCredit, impression: number): readonly UpdateEvent[]
  /** Simulated time that no request passes before `tick`; Infinity where impressions alone count. */
  readonly dueAt: number
  /**
   * The next request comes at `seconds`, at or after `dueAt`.
   * @param credit of the open round, which may not have begun
   */
  tick(seconds: number, credit: RoundCredit, impression: number): Tick
  /** Whose network stands on a side; null where nothing of a learner does. */
  learnerAt(side: number): Learner | null
  state(): LineUpState
  restore(state: LineUpState): void
  dispose(): void
}

/** A network and a perturbation of it, tensor by tensor. */
export interface WeightPair {
  readonly names: readonly string[]
  readonly w: readonly ArrayLike<number>[]
  readonly explored: readonly ArrayLike<number>[]
}

/** What simulated time has changed. */
export interface Tick {
  readonly events: readonly UpdateEvent[]
  /** The open round is closed or void: credit starts anew. */
  readonly roundOver: boolean
}

export interface LineUpState {
  readonly duel: number // rounds closed
  /** Simulated times, Infinity where impressions count: of round and major update, or of each learner. */
  readonly due: readonly number[]
  readonly sideCredit?: Float64Array // of the open round
  /** Weights of each drawn side, where a major update moved them within the open round. */
  readonly carried?: readonly (readonly (Float32Array | Float64Array)[])[]
  readonly learners?: readonly unknown[] // those that rankers have of their own
  readonly frozen?: readonly (Float32Array | Float64Array)[] // weights after pre-training
}

import type { WeightSpace } from '#core/explorer/weightSpace'
import type { DbgdParams } from '#core/explorer/params'
import type { SavedModel } from '#core/model/savedModel'
import type { Ranker } from '#core/ranker/ranker'
import type { Feedback } from './feedback.ts'
import type { Pretraining } from './pretraining.ts'
import type { ReplayFindings } from './qCalibration.ts'

/** A ranker that owns what it ranks with; call `dispose`. */
export interface OwnedRanker extends Ranker {
  dispose(): void
}

/**
 * A policy that learns inside the loop. It ranks with weights of the type `W`, so that explorers can
 * draw other sets of them, and learns only in `update`: between two updates all requests meet the
 * same weights, however many are served in one call.
 *
 * May own tensors: call `dispose`.
 */
export interface Agent<W = unknown> {
  readonly weights: W
  /** Whether an explorer may move the weights; not where they are worked out from something else. */
  readonly movable: boolean
  /** Sets of weights of this agent's shape. @param layers that explorers may touch */
  space(layers: DbgdParams['perturbLayers']): WeightSpace<W>
  /** Ranks greedily by a set of weights as it is now. */
  rankerOf(weights: W): OwnedRanker
  /** What the agent itself would show, exploration of its own included, with the weights as they are. */
  ranker(): OwnedRanker
  /** A set of weights as before any training; index 0 is what this agent started from. */
  initial(index: number): W
  /** One step of training before the first request. @returns the loss before it, NaN without data */
  pretrainStep(step: number, source: Pretraining): number
  /** After pre-training, before the first request. */
  begin(): void
  /** A shown list; arrays are only valid during the call. */
  observe(feedback: Feedback): void
  /**
   * Learns from what was observed.
   * @param index number of the update, which positions its random streams
   * @returns null when there was nothing to learn from
   */
  update(index: number): AgentUpdate | null
  /** How well replay's predictions meet their targets; null before the first. */
  replayFindings?(): ReplayFindings | null
  /** Plain data from which `restore` makes the same agent. */
  state(): unknown
  restore(state: unknown): void
  /** The weights, to rank with elsewhere; `load` is its inverse. */
  save(): SavedModel
  load(model: SavedModel): void
  dispose(): void
}

/** What an update did. */
export interface AgentUpdate {
  readonly loss: number
  /** Mean entropy of a slot's choice, in nats; null for a policy that does not draw. */
  readonly entropy: number | null
}

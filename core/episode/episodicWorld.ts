import type { Rng } from '#core/random/rng'

/**
 * A world in which one item is shown at a time and the answer shapes the next state. Agents get this
 * and nothing else; what only an oracle may know stands beside it, in each world's `hidden`.
 */
export interface EpisodicWorld {
  readonly label: string
  readonly items: number
  /** Steps of an episode, at most. */
  readonly horizon: number
  /** Whether an item may be shown again in the same episode. */
  readonly repeats: boolean
  /** Numbers per state in `Episodes.features`. */
  readonly featureWidth: number
  /** Where episodes begin: users (world A) or items (world B). Nothing is learnt from `test`. */
  readonly starts: { readonly train: Int32Array; readonly test: Int32Array }
  /** So many episodes that run in lockstep. */
  open(rows: number): Episodes
}

/** Episodes in lockstep; an agent may read all of it, and writes nothing. */
export interface Episodes {
  readonly rows: number
  /** State of each row as numbers, [rows × featureWidth]. */
  readonly features: Float32Array
  /** 1 where an item may not be chosen, [rows × items]; the same items listed, `blockedCount` a row. */
  readonly unavailable: Uint8Array
  readonly blocked: Int32Array // [rows × horizon]
  readonly blockedCount: Int32Array // [rows]
  /** 1 while a row's episode goes on, [rows]. */
  readonly alive: Uint8Array
  /** The answers to the last step; rows that were over have zeros. */
  readonly feedback: Feedback
  /** @param starts one of the world's starts per row, [rows] */
  begin(starts: Int32Array): void
  /** A new episode in one row, for agents that learn from single steps. */
  restart(row: number, start: number): void
  /**
   * @param items the item of each row, [rows]; that of a row that is over is not looked at
   * @throws RangeError for an item that may not be chosen, naming row and item
   */
  step(items: Int32Array, rng: Rng): void
}

export interface Feedback {
  /** What is learnt from, run bonus included, [rows]. */
  readonly reward: Float32Array
  /** The answer itself, in [−1, 1] or {0, 1}, [rows]. */
  readonly raw: Float32Array
  /** 1 for a hit: a relevant item, or one that was accepted, [rows]. */
  readonly hit: Uint8Array
  /** Longest run of positive answers so far, [rows]. */
  readonly longestRun: Int32Array
}

export function emptyFeedback(rows: number): Feedback {
  return {
    reward: new Float32Array(rows),
    raw: new Float32Array(rows),
    hit: new Uint8Array(rows),
    longestRun: new Int32Array(rows),
  }
}

/**
 * One shown list as the recommender learns of it. Arrays are only valid during the call.
 */
export interface Feedback {
  readonly impression: number
  /** The user's impression before, whose transition this one closes; −1 for the first. */
  readonly previous: number
  readonly user: number
  readonly seconds: number // simulated time of the request
  readonly state: Float32Array // [stateWidth]
  readonly pool: Int32Array // [poolSize], −1 padded
  readonly pairs: Float32Array // [poolSize × pairWidth]; empty where the world has no pair features
  readonly shown: Int32Array // [k], −1 padded
  /** Top lists of the sides, side 0 first; absent where a list was shown before the run. */
  readonly lists?: readonly Int32Array[]
  readonly teams: Int8Array // [k], side of each slot, −1 for none
  readonly clicked: Uint8Array // [k]
  /** S of the user right after this request (DRN §4.4), in [0, 1]. */
  readonly activeness: number
  /** Whether the user is gone: no later request closes this impression's transition. */
  readonly last: boolean
}

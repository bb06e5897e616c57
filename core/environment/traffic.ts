import type { StreamFactory } from '#core/random/philox'
import type { Ranker } from '#core/ranker/ranker'

/**
 * Requests that are served in one call, in order: their users are distinct and none of their lists
 * can change another's features, candidates or time.
 */
export interface Requests {
  count: number
  readonly user: Int32Array
  readonly seconds: Float64Array // simulated time, not decreasing
}

/**
 * The users of a run as they come and go. Features are what the recommender sees; attraction and
 * grades are hidden and go to clicks, references and metrics alone.
 */
export interface Traffic {
  readonly stateWidth: number
  /** Features per candidate beside the item's own; 0 where the world has none. */
  readonly pairWidth: number
  /** Requests before this time are the log of the past: random lists, before the run. */
  readonly startsAt: number
  /** Most impressions that will be served; a world's horizon may end a run earlier. */
  readonly total: number
  /** Time of the next request; Infinity when nobody comes any more. */
  nextSeconds(): number
  /**
   * The next requests before `until`: at most `limit`, at least one if there is any. All of them are
   * served before the next call.
   */
  next(limit: number, until: number, out: Requests): void
  /** Features of the request, [stateWidth]. */
  writeState(user: number, seconds: number, out: Float32Array, offset: number): void
  /**
   * Candidates in random order, −1 padded, with their pair features, [poolSize × pairWidth].
   * @param impression index of the request, for what is drawn at random
   * @returns the number of candidates
   */
  writePool(
    impression: number,
    user: number,
    seconds: number,
    pools: Int32Array,
    offset: number,
    pairs: Float32Array,
    pairOffset: number,
  ): number
  /**
   * P(click | examined) of the first `count` candidates of a pool and, where the world has grades, the
   * grades 0 … 4, −1 for none.
   */
  writeTruth(
    user: number,
    seconds: number,
    pools: Int32Array,
    offset: number,
    count: number,
    attraction: Float64Array,
    grades: Int8Array | null,
  ): void
  /** Whether items have grades; otherwise attraction itself is the gain of a list. */
  readonly graded: boolean
  /** Each request brings its candidates along, as a log has them: nobody can be asked without one. */
  readonly scripted?: true
  /**
   * The user has seen a list and clicked.
   * @param shown items, without padding
   * @param clicked one entry per item
   * @returns whether that was the user's last request
   */
  respond(user: number, seconds: number, shown: Int32Array, clicked: Uint8Array): boolean
  readonly baselines: Baselines
  /** Hours since an item came into the world, where items come and go. */
  ageHours?(item: number, seconds: number): number
  /** Offset of a world that is set to a level of clicks, and the rate of random lists it gives. */
  readonly calibration?: { readonly offset: number; readonly ctr: number }
  /** Plain data; taken only when every request that was handed out has been served. */
  state(): unknown
  restore(state: unknown): void
}

/** Reference policies of a world; they score by what a recommender can see. */
export interface Baselines {
  readonly popularity: Ranker
  /** The best list that is the same for everybody. */
  readonly staticBest: Ranker
  /** Greedy matrix factorisation that does not learn from the run. */
  readonly factors: Ranker
}

/** What a world with a clock needs of the run. */
export interface TrafficPlan {
  readonly users: number // that enter
  readonly impressionsPerUser: number // mean, geometric
  readonly poolSize: number
  readonly listLength: number
  readonly stream: StreamFactory
  /** Expected clicks on a list whose slots have this P(click | examined). */
  readonly expectedClicks: (length: number, attractionOf: (slot: number) => number) => number
}

/** @param fresh false when a state is restored at once, so that nothing need be played before */
export type OpenTraffic = (plan: TrafficPlan, fresh: boolean) => Traffic

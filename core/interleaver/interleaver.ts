import type { z } from 'zod'
import type { Rng } from '#core/random/rng'

/** An opaque item id: only equality matters, 1 and '1' are different items. */
export type Id = number | string

/** Items best first; an `Int32Array` of dense ids will do. Repeated ids are dropped, the first stays. */
export type Ranking = ArrayLike<Id>

/** One entry per slot of the shown list; anything truthy is a click. */
export type Clicks = ArrayLike<boolean | number>

/** What one impression says about two rankers. A tie is a vote for neither; a no-vote is no vote. */
export type Outcome = 'a' | 'b' | 'tie' | 'noVote'

export type Reason =
  | 'empty_list'
  | 'no_click'
  | 'tail_only' // all clicks fell behind the first exhausted ranking, where they give no credit
  | 'identical_lists'
  | 'neutral_only'
  | 'equal_credit'
  | 'credit'

/** One list drawn for one impression; paging and credit use this record, never a new draw. */
export interface Draw {
  readonly list: readonly Id[]
  /** The ranker that owns each slot, -1 for a neutral one; null when the method has no teams. */
  readonly teams: readonly number[] | null
  /** True for slots filled after some ranking had run out (only under `lengthPolicy: 'fill'`). */
  readonly tail: readonly boolean[]
  /** The first K items of all rankings agree, K being the length of the list. */
  readonly identical: boolean
  /** The list is shorter than asked for. */
  readonly truncated: boolean
  /** Repeated ids dropped, per ranker. */
  readonly duplicatesRemoved: readonly number[]
  /** Optimized only, where no unbiased law exists: the smallest total bias, which the law has. */
  readonly minTotalBias?: number
}

/** What the clicks say about ranker 0 (a) and one challenger (b). */
export interface Vote {
  readonly outcome: Outcome
  readonly reason: Reason
  /** Credit of a minus credit of b; 0 for identical lists and neutral clicks. */
  readonly delta: number
  /**
   * The value in [0, 1] that the statistics average, 1 = a, ½ = tie; null for a no-vote, and always
   * null for methods whose unbiased quantity is the unbounded `delta`.
   */
  readonly voteValue: number | null
}

/** The credit of all rankers; `outcome` to `voteValue` are those of `votes[0]`. */
export interface Credit extends Vote {
  readonly credit: readonly number[]
  /** Ranker 0 against ranker 1, 2, …: n - 1 votes. */
  readonly votes: readonly Vote[]
  /**
   * For n > 2: `preference[x][y]` > 0 when x is preferred to y; a sign, or the expected sign where
   * the credit is a posterior. Null for 2 rankers, and for more rankers than the method can compare
   * in all pairs.
   */
  readonly preference: readonly (readonly number[])[] | null
}

/** One entry of an exact law over lists. */
export interface WeightedList {
  readonly list: readonly Id[]
  /** Null when the law is over lists alone. */
  readonly teams: readonly number[] | null
  readonly p: number
}

/** Merges n ≥ 2 rankings into one list, so that the clicks on it say which ranker users prefer. */
export interface Interleaver<P> {
  readonly paper: string
  readonly params: z.ZodType<P>
  /** The most rankings that it merges; null for no limit. */
  readonly maxRankers: number | null
  /** The quantity that feeds the analysis is unbiased under random clicks (voteValue or delta). */
  readonly unbiased: boolean
  /**
   * What the analysis averages (interleaving.md §1.2): a vote is a `voteValue` in [0, 1]; a score is
   * the `delta`, which has no bound.
   */
  readonly measure: 'vote' | 'score'
  /**
   * Draws one list of at most `length` items.
   * @throws RangeError for a length below 1 or a number of rankings that the method does not take
   */
  interleave(rankings: readonly Ranking[], length: number, params: P, rng: Rng): Draw
  /**
   * @param rankings those that `draw` was made from
   * @param clicked one entry per slot of `draw.list`
   * @throws RangeError when the clicks do not match the list
   */
  credit(draw: Draw, rankings: readonly Ranking[], clicked: Clicks, params: P): Credit
  /**
   * The exact law of `interleave`, every possible list once (once per team assignment where teams
   * matter), in the order of first appearance. For short lists: the cost is exponential.
   * @throws RangeError when there are too many ways to draw
   */
  distribution(rankings: readonly Ranking[], length: number, params: P): readonly WeightedList[]
}

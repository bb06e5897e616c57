import type { AdvantageScorer } from '#core/agent/qNetwork'

/** Requests that are ranked in one call; row r asks with `users[r]` over its own pool. */
export interface RankRequests {
  readonly first: number // impression of row 0; row r is impression first + r
  readonly rows: number
  readonly users: Int32Array // [≥ rows]
  readonly states: Parameters<AdvantageScorer['score']>[0] // [rows, S]
  readonly pools: Int32Array // [rows × poolSize], item rows
  readonly poolSize: number
  /** Features of each candidate beside its item's own, [rows × poolSize × pairWidth]; see `ItemTable`. */
  readonly pairs?: Float32Array
  readonly pairWidth?: number
  /** Simulated time of each request, [≥ rows]. */
  readonly seconds?: Float64Array
}

/** Context → scores; the best items of a pool are those with the highest. */
export interface Ranker {
  /** @param out receives the score of each candidate, [rows × poolSize] */
  score(requests: RankRequests, out: Float32Array): void
  /**
   * The places of the best k of each full pool by the same scores, where that is faster than scoring
   * all. @param out [rows × k]
   */
  rank?(requests: RankRequests, k: number, out: Int32Array): void
}

/** Ranks by a network's weights as they were when the scorer was made. */
export const networkRanker = (scorer: AdvantageScorer): Ranker => ({
  score: ({ states, pools, poolSize, pairs }, out) =>
    scorer.score(states, pools, poolSize, out, pairs),
  rank: ({ states, pools, poolSize, pairs }, k, out) =>
    scorer.rank(states, pools, poolSize, k, out, pairs),
})

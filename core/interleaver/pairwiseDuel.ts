import type { Rng } from '#core/random/rng'
import type { Clicks } from './interleaver.ts'

/** `pairwisePreference` for rankings of dense ids, with its scratch memory. */
export interface PairwiseDuel {
  /**
   * Draws a list: same draws and same list as `pairwisePreference` with strict length.
   *
   * @param rankings item ids, best first, none repeated; usually top-k lists
   * @param out receives the list; capacity ≥ min(length, shortest ranking)
   * @returns the number of slots filled, min(length, shortest ranking)
   */
  interleave(rankings: readonly Int32Array[], length: number, out: Int32Array, rng: Rng): number
  /**
   * Adds up the scores of the rankers, as `pairScores` does: ±1/weight for each pair of a clicked
   * and an unclicked item that chance could have ordered either way.
   *
   * @param clicked one entry per slot in use
   * @param out receives the credit; one entry per ranking
   */
  credit(
    rankings: readonly Int32Array[],
    items: Int32Array,
    served: number,
    clicked: Clicks,
    out: Float64Array,
  ): void
}

/**
 * @param rankers most rankings
 * @param capacity length of the longest ranking and of the longest list
 */
export function pairwiseDuel(rankers: number, capacity: number): PairwiseDuel {
  const seen = new Int32Array(rankers * capacity) // every item that has been a candidate
  const candidates = new Int32Array(rankers * capacity) // by rank, then by ranker
  const ranks = new Int32Array(rankers * capacity) // [ranker × slot] of the shown items
  const best = new Int32Array(capacity) // per slot, over all rankers
  const factors = new Float64Array(capacity) // per depth, see `pairWeight`

  /** Factors of the depths below `end`. */
  function depthFactors(rankings: readonly Int32Array[], end: number): void {
    let pool = 0
    for (let depth = 0; depth < end; depth++) {
      for (let ranker = 0; ranker < rankings.length; ranker++) {
        const ranking = rankings[ranker]!
        if (depth >= ranking.length) continue
        const item = ranking[depth]!
        if (placeOf(item, seen, pool) === pool) seen[pool++] = item
      }
      factors[depth] = 1 - 1 / (pool - depth)
    }
  }

  /** Ranks of the first `end` slots. @returns the worst of their best ranks */
  function rankSlots(rankings: readonly Int32Array[], items: Int32Array, end: number): number {
    let worst = 0
    for (let slot = 0; slot < end; slot++) {
      let least = capacity
      for (let ranker = 0; ranker < rankings.length; ranker++) {
        const ranking = rankings[ranker]!
        const rank = placeOf(items[slot]!, ranking, ranking.length)
        ranks[ranker * capacity + slot] = rank
        if (rank < ranking.length && rank < least) least = rank
      }
      best[slot] = least
      if (least > worst) worst = least
    }
    return worst
  }

  return {
    interleave(rankings, length, out, rng) {
      let served = length
      for (const ranking of rankings) served = Math.min(served, ranking.length)
      let pool = 0
      let open = 0
      for (let slot = 0; slot < served; slot++) {
        for (const ranking of rankings) {
          const item = ranking[slot]!
          if (placeOf(item, seen, pool) < pool) continue
          seen[pool++] = item
          candidates[open++] = item
        }
        const place = rng.int(open)
        out[slot] = candidates[place]!
        open--
        // the order of the others decides what the next draws mean
        for (let i = place; i < open; i++) candidates[i] = candidates[i + 1]!
      }
      return served
    },

    credit(rankings, items, served, clicked, out) {
      out.fill(0)
      let end = 0 // no pair reaches below the slot under the last click
      for (let slot = 0; slot < served; slot++) if (clicked[slot]) end = Math.min(served, slot + 2)
      depthFactors(rankings, rankSlots(rankings, items, end))
      for (let i = 0; i < end; i++) {
        if (!clicked[i]) continue
        for (let j = 0; j < end && j < i + 2; j++) {
          if (clicked[j]) continue
          const above = Math.min(best[i]!, best[j]!)
          const below = Math.max(best[i]!, best[j]!)
          // chance could have swapped the two only where both were candidates
          if (Math.min(i, j) < below) continue
          let weight = 1
          for (let depth = above; depth < below; depth++) weight *= factors[depth]!
          for (let ranker = 0; ranker < rankings.length; ranker++) {
            const row = ranker * capacity
            out[ranker]! += Math.sign(ranks[row + j]! - ranks[row + i]!) / weight
          }
        }
      }
    },
  }
}

/** Where an item is among the first `filled`; `filled` when it is not there. */
function placeOf(item: number, items: Int32Array, filled: number): number {
  let place = 0
  while (place < filled && items[place] !== item) place++
  return place
}

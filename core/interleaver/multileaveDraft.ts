import type { Rng } from '#core/random/rng'
import type { DuelSlots } from './teamDraftDuel.ts'

/**
 * `teamDraft` with `sharedDocs: 'prefix_neutral'` and strict length, for any number of rankings of
 * dense ids, without allocation: same draws, same list, same teams (−1 for the common prefix).
 *
 * @param most rankings
 */
export function multileaveDraft(most: number) {
  const next = new Int32Array(most)
  const picks = new Int32Array(most)
  const able = new Int32Array(most)

  /**
   * @param rankings item ids, best first, none repeated, at most `most` of them
   * @param out receives the list; capacity ≥ min(length, the shortest ranking)
   * @returns the number of slots filled
   */
  return (rankings: readonly Int32Array[], length: number, out: DuelSlots, rng: Rng): number => {
    const { items, teams } = out
    let served = length
    for (const ranking of rankings) served = Math.min(served, ranking.length)
    let slot = 0
    for (; slot < served; slot++) {
      const item = rankings[0]![slot]!
      if (!rankings.every((ranking) => ranking[slot] === item)) break
      items[slot] = item
      teams[slot] = -1
    }
    next.fill(slot)
    picks.fill(0)
    for (; slot < served; slot++) {
      let fewest = Infinity
      let candidates = 0
      for (let ranker = 0; ranker < rankings.length; ranker++) {
        const ranking = rankings[ranker]!
        let place = next[ranker]!
        while (place < ranking.length && isShown(items, slot, ranking[place]!)) place++
        next[ranker] = place
        if (place === ranking.length || picks[ranker]! > fewest) continue
        if (picks[ranker]! < fewest) {
          fewest = picks[ranker]!
          candidates = 0
        }
        able[candidates++] = ranker
      }
      const ranker = able[rng.int(candidates)]!
      picks[ranker]!++
      items[slot] = rankings[ranker]![next[ranker]!]!
      teams[slot] = ranker
    }
    return served
  }
}

function isShown(items: Int32Array, filled: number, item: number): boolean {
  for (let i = 0; i < filled; i++) if (items[i] === item) return true
  return false
}

import type { Rng } from '#core/random/rng'
import type { Clicks } from './interleaver.ts'
import { rankWeights } from './probabilistic.ts'
import type { DuelSlots } from './teamDraftDuel.ts'

/** `probabilistic` for two rankings of dense ids, with its scratch memory. */
export interface ProbabilisticDuel {
  /**
   * Draws a list: same draws, list and teams as `probabilistic` with sampling 'replace'.
   *
   * @param a item ids, best first, none repeated; usually a top-k list
   * @param out receives the list; capacity ≥ min(length, a.length, b.length)
   * @returns the number of slots filled, min(length, a.length, b.length)
   */
  interleave(a: Int32Array, b: Int32Array, length: number, out: DuelSlots, rng: Rng): number
  /**
   * P(a has more clicks) - P(b has more clicks) under the posterior of who drew what; 0 without
   * clicks. The vote value is ½ + ½ of it, and ½ when the rankings agree in the shown slots.
   */
  expectedSign(
    a: Int32Array,
    b: Int32Array,
    items: Int32Array,
    served: number,
    clicked: Clicks,
  ): number
}

/**
 * @param tau decay of the soft-max over ranks
 * @param maxRanking length of the longest ranking
 * @param maxSlots length of the longest list
 */
export function probabilisticDuel(
  tau: number,
  maxRanking: number,
  maxSlots: number,
): ProbabilisticDuel {
  const weights = rankWeights(maxRanking, tau)
  const usedA = new Uint8Array(maxRanking)
  const usedB = new Uint8Array(maxRanking)
  const walk = new Float64Array(2 * maxSlots + 1)

  return {
    interleave(a, b, length, out, rng) {
      const served = Math.min(length, a.length, b.length)
      usedA.fill(0, 0, a.length)
      usedB.fill(0, 0, b.length)
      for (let slot = 0; slot < served; slot++) {
        const team = rng.int(2)
        const item =
          team === 0
            ? a[pick(weights, usedA, a.length, rng.u())]!
            : b[pick(weights, usedB, b.length, rng.u())]!
        out.items[slot] = item
        out.teams[slot] = team
        remove(a, usedA, item)
        remove(b, usedB, item)
      }
      return served
    },

    expectedSign(a, b, items, served, clicked) {
      usedA.fill(0, 0, a.length)
      usedB.fill(0, 0, b.length)
      walk.fill(0)
      walk[maxSlots] = 1
      let clicks = 0
      for (let slot = 0; slot < served; slot++) {
        const item = items[slot]!
        const rankA = a.indexOf(item)
        const rankB = b.indexOf(item)
        if (clicked[slot]) {
          const shareA = rankA < 0 ? 0 : weights[rankA]! / remaining(weights, usedA, a.length)
          const shareB = rankB < 0 ? 0 : weights[rankB]! / remaining(weights, usedB, b.length)
          const up = shareA / (shareA + shareB)
          clicks++
          advance(walk, maxSlots, clicks, up)
        }
        if (rankA >= 0) usedA[rankA] = 1
        if (rankB >= 0) usedB[rankB] = 1
      }
      let sign = 0
      for (let i = 1; i <= clicks; i++) sign += walk[maxSlots + i]! - walk[maxSlots - i]!
      // sums of shares may end a rounding beyond certainty
      return Math.max(-1, Math.min(1, sign))
    },
  }
}

function remaining(weights: Float64Array, used: Uint8Array, length: number): number {
  let total = 0
  for (let rank = 0; rank < length; rank++) if (used[rank] === 0) total += weights[rank]!
  return total
}

/** The first unused rank whose cumulated weight exceeds u·Σw. */
function pick(weights: Float64Array, used: Uint8Array, length: number, u: number): number {
  const x = u * remaining(weights, used, length)
  let cumulated = 0
  let last = -1
  for (let rank = 0; rank < length; rank++) {
    if (used[rank] !== 0) continue
    cumulated += weights[rank]!
    last = rank
    if (cumulated > x) return rank
  }
  return last
}

function remove(ranking: Int32Array, used: Uint8Array, item: number): void {
  const rank = ranking.indexOf(item)
  if (rank >= 0) used[rank] = 1
}

/** One step of the walk in place: differences after `clicks` steps have the parity of `clicks`. */
function advance(walk: Float64Array, origin: number, clicks: number, up: number): void {
  const down = 1 - up
  // after the step, position d collects d-1 (up) and d+1 (down); both hold the other parity
  for (let d = -clicks; d <= clicks; d += 2) {
    const fromBelow = d - 1 >= -(clicks - 1) ? walk[origin + d - 1]! * up : 0
    const fromAbove = d + 1 <= clicks - 1 ? walk[origin + d + 1]! * down : 0
    walk[origin + d] = fromBelow + fromAbove
  }
  for (let d = -(clicks - 1); d <= clicks - 1; d += 2) walk[origin + d] = 0
}

import { rankWeights } from '#core/interleaver/probabilistic'
import type { Rng } from '#core/random/rng'
import { listLength, poolSize } from './driftWorld.ts'

const weights = rankWeights(listLength, 3)
const taken = new Uint8Array(poolSize)

/**
 * Merges the top-k lists of n sides (drn.md §7): per slot a side by a fair draw, then one of its items
 * that are left, ∝ rank⁻³ of the rank it had. A side without items left is drawn again.
 * @param out receives the places in the pool @param teams receives who drew them
 */
export function multileaveTop(
  lists: readonly Int32Array[],
  rng: Rng,
  out: Int32Array,
  teams: Int8Array,
): void {
  taken.fill(0)
  for (let slot = 0; slot < listLength;) {
    const side = rng.int(lists.length)
    const list = lists[side]!
    let total = 0
    for (let r = 0; r < listLength; r++) if (taken[list[r]!] === 0) total += weights[r]!
    if (total === 0) continue
    const x = rng.u() * total
    let cumulated = 0
    let drawn = -1
    for (let r = 0; r < listLength && cumulated <= x; r++) {
      if (taken[list[r]!] === 1) continue
      drawn = list[r]!
      cumulated += weights[r]!
    }
    taken[drawn] = 1
    out[slot] = drawn
    teams[slot++] = side
  }
}

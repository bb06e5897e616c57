import type { Rng } from '#core/random/rng'
import type { Clicks, Outcome } from './interleaver.ts'

/** Reusable buffers of one shown list over dense item ids. */
export interface DuelSlots {
  readonly items: Int32Array
  /** 0 or 1, the ranker that drew the item. */
  readonly teams: Int8Array
}

export function duelSlots(capacity: number): DuelSlots {
  return { items: new Int32Array(capacity), teams: new Int8Array(capacity) }
}

/**
 * `teamDraft` with `sharedDocs: 'drawer'` and strict length for two rankings, without allocation:
 * same draws, same list, same teams. Membership is a scan of the shown list, which beats a set for
 * the short lists that are shown.
 *
 * @param a item ids, best first, none repeated; usually a top-k list
 * @param out receives the list; capacity ≥ min(length, a.length, b.length)
 * @returns the number of slots filled, min(length, a.length, b.length)
 */
export function draftDuel(
  a: Int32Array,
  b: Int32Array,
  length: number,
  out: DuelSlots,
  rng: Rng,
): number {
  const { items, teams } = out
  const served = Math.min(length, a.length, b.length)
  let nextA = 0
  let nextB = 0
  let lead = 0 // picks of a minus picks of b: -1, 0 or 1
  for (let slot = 0; slot < served; slot++) {
    const drawA = lead < 0 || (lead === 0 && rng.int(2) === 0)
    if (drawA) {
      while (isShown(items, slot, a[nextA]!)) nextA++
      items[slot] = a[nextA++]!
      teams[slot] = 0
      lead++
    } else {
      while (isShown(items, slot, b[nextB]!)) nextB++
      items[slot] = b[nextB++]!
      teams[slot] = 1
      lead--
    }
  }
  return served
}

function isShown(items: Int32Array, filled: number, item: number): boolean {
  for (let i = 0; i < filled; i++) if (items[i] === item) return true
  return false
}

/**
 * The vote of one drafted list, by the same table as `credit`; its value is 1, 0 or ½.
 *
 * @param served number of slots in use
 * @param identical the two rankings agree in their first `served` items (`sameTop`)
 * @param clicked one entry per slot in use
 */
export function draftVote(
  teams: Int8Array,
  served: number,
  identical: boolean,
  clicked: Clicks,
): Outcome {
  let clicks = 0
  let difference = 0
  for (let slot = 0; slot < served; slot++) {
    if (!clicked[slot]) continue
    clicks++
    difference += teams[slot] === 0 ? 1 : -1
  }
  if (clicks === 0) return 'noVote'
  if (identical || difference === 0) return 'tie'
  return difference > 0 ? 'a' : 'b'
}

import type { Ranking } from './interleaver.ts'
import { distinct } from './prepare.ts'

/** How much two rankings differ where it can be seen. */
export interface ImpressionDilution {
  /** Slots compared, K. */
  readonly k: number
  readonly identical: boolean
  /** Slots where the two rankings name different items. */
  readonly differingSlots: number
  /** Size of the intersection of the two top-K sets. */
  readonly overlap: number
}

/** @param length requested; K is what both rankings allow */
export function impressionDilution(a: Ranking, b: Ranking, length: number): ImpressionDilution {
  const [top, other] = [distinct(a), distinct(b)]
  const k = Math.min(length, top.length, other.length)
  const topB = new Set(other.slice(0, k))
  let differingSlots = 0
  let overlap = 0
  for (let slot = 0; slot < k; slot++) {
    if (top[slot] !== other[slot]) differingSlots++
    if (topB.has(top[slot]!)) overlap++
  }
  return { k, identical: k > 0 && differingSlots === 0, differingSlots, overlap }
}

export interface Dilution {
  /** Share of impressions whose rankings differ. */
  readonly competitiveImpressionRate: number | null
  /** Differing slots / all slots. */
  readonly competitiveSlotRate: number | null
}

/** Dilution of a whole experiment; null where there is nothing to divide by. */
export function dilution(impressions: Iterable<ImpressionDilution>): Dilution {
  let count = 0
  let competitive = 0
  let slots = 0
  let differing = 0
  for (const { k, differingSlots } of impressions) {
    count++
    slots += k
    differing += differingSlots
    if (differingSlots > 0) competitive++
  }
  return {
    competitiveImpressionRate: count === 0 ? null : competitive / count,
    competitiveSlotRate: slots === 0 ? null : differing / slots,
  }
}

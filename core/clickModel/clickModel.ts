import type { z } from 'zod'
import { enumerate, type Chance } from '#core/random/chance'

/** What the shown items are to the user, one entry per slot, best rank first. */
export interface Appeal {
  /** P(click | the slot is looked at). */
  readonly attraction: ArrayLike<number>
  /** P(the user has found enough | a click on the slot); models without stopping ignore it. */
  readonly satisfaction: ArrayLike<number>
}

/** How a user reads a list from the top and clicks. */
export interface ClickModel<P> {
  readonly paper: string
  readonly params: z.ZodType<P>
  /**
   * Draws the clicks of one impression.
   *
   * @param out receives 1 for a click, else 0, per slot; capacity ≥ the number of slots
   * @returns the number of clicks
   */
  click(appeal: Appeal, params: P, chance: Chance, out: Uint8Array): number
  /** P(click) per slot, exact, in polynomial time. */
  marginals(appeal: Appeal, params: P): Float64Array
}

/** One possible set of clicked slots, ascending. */
export interface WeightedClicks {
  readonly clicks: readonly number[]
  readonly p: number
}

/**
 * The exact law over sets of clicked slots, for short lists, in lexicographic order.
 *
 * @throws RangeError when there are too many ways to click
 */
export function clickLaw<P>(model: ClickModel<P>, appeal: Appeal, params: P): WeightedClicks[] {
  const slots = appeal.attraction.length
  const law = new Map<string, { clicks: number[]; p: number }>()
  const outcomes = enumerate((chance) => {
    const out = new Uint8Array(slots)
    model.click(appeal, params, chance, out)
    return [...out.keys()].filter((slot) => out[slot] === 1)
  })
  for (const { value, p } of outcomes) {
    const key = value.join()
    const entry = law.get(key)
    if (entry) entry.p += p
    else law.set(key, { clicks: value, p })
  }
  return [...law.values()].sort((a, b) => compareClicks(a.clicks, b.clicks))
}

function compareClicks(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    if (a[i] !== b[i]) return a[i]! - b[i]!
  }
  return a.length - b.length
}

/** The value of a rank in a vector that may be shorter than the list: the last value goes on. */
export function atRank<T>(values: ArrayLike<T>, rank: number): T {
  return values[Math.min(rank, values.length - 1)]!
}

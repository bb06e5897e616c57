import { rankWeights } from '#core/interleaver/probabilistic'

/** What a shown list says about the sides it was merged from. */
export interface CreditedList {
  readonly lists: readonly ArrayLike<number>[] // item ids of each side, best first
  readonly shown: ArrayLike<number>
  readonly teams: ArrayLike<number> // side that each item counts for, −1 for none
  readonly clicked: ArrayLike<number>
  readonly length: number // slots in use
}

export type CreditRule = 'count' | 'rate' | 'marginal'

/**
 * Adds the credit of one list to `out`, one entry per side: drn.md §7.
 * @param tau decay of the rank soft-max that a list of independent draws was merged by; only
 *   `marginal` needs it
 */
export function addCredit(
  rule: CreditRule,
  impression: CreditedList,
  tau: number,
  out: Float64Array,
): void {
  switch (rule) {
    case 'count':
    case 'rate':
      addTeams(rule, impression, out)
      break
    case 'marginal':
      addMarginal(impression, tau, out)
  }
}

function addTeams(
  rule: 'count' | 'rate',
  { teams, clicked, length }: CreditedList,
  out: Float64Array,
): void {
  for (let side = 0; side < out.length; side++) {
    let slots = 0
    let clicks = 0
    for (let slot = 0; slot < length; slot++) {
      if (teams[slot] !== side) continue
      slots++
      clicks += clicked[slot]!
    }
    out[side]! += rule === 'count' || slots === 0 ? clicks : clicks / slots
  }
}

/**
 * E[clicks of a side | shown list]: given the list, slots are independent, and P(side drew slot j) is
 * its share of the item's weight under all sides, items shown above removed (interleaving.md §3.4).
 */
function addMarginal(
  { lists, shown, clicked, length }: CreditedList,
  tau: number,
  out: Float64Array,
) {
  const longest = Math.max(...lists.map((list) => list.length))
  const weights = rankWeights(longest, tau)
  const used = lists.map((list) => new Uint8Array(list.length))
  const share = new Float64Array(lists.length)
  for (let slot = 0; slot < length; slot++) {
    let total = 0
    lists.forEach((list, side) => {
      share[side] = 0
      let left = 0
      let at = -1
      for (let rank = 0; rank < list.length; rank++) {
        if (used[side]![rank] !== 0) continue
        left += weights[rank]!
        if (list[rank] === shown[slot]) at = rank
      }
      if (at < 0) return
      share[side] = weights[at]! / left
      used[side]![at] = 1
      total += share[side]
    })
    if (!clicked[slot]) continue
    for (let side = 0; side < lists.length; side++) out[side]! += share[side]! / total
  }
}

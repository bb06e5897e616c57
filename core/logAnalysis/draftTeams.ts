import type { InterleaverSpec } from '#core/servingParams'

type SharedDocs = Extract<InterleaverSpec, { kind: 'teamDraft' }>['sharedDocs']

/**
 * Which team may own each slot of a shown list, if team draft made it from these rankings: one set
 * per slot over all ways to draw, −1 for neutral. A slot with one entry is certain.
 *
 * @param logged teams that the draws must agree with; null when none were logged
 * @returns null when no draw gives this list with these teams
 */
export function draftTeams(
  items: readonly number[],
  rankings: readonly (readonly number[])[],
  sharedDocs: SharedDocs,
  logged: ArrayLike<number> | null = null,
): readonly ReadonlySet<number>[] | null {
  const teams = items.map(() => new Set<number>())
  const offers = offersBySlot(items, rankings)
  const rankOf = rankings.map((ranking) => new Map(ranking.map((item, rank) => [item, rank])))
  const sameRank = items.map((item) => {
    const rank = rankOf[0]!.get(item)
    return rank !== undefined && rankOf.every((ranks) => ranks.get(item) === rank)
  })
  const known = new Map<string, boolean>()

  /** Whether the list can be finished from here; marks the teams of every way that can. */
  const finish = (slot: number, picks: readonly number[], inPrefix: boolean): boolean => {
    if (slot === items.length) return true
    const key = `${slot},${picks.join()},${inPrefix ? 1 : 0}`
    const before = known.get(key)
    if (before !== undefined) return before
    const item = items[slot]!
    const offer = offers[slot]!
    const common = offer.every((best) => best === offer[0]) ? offer[0] : undefined
    const even = picks.every((count) => count === picks[0])
    const isNeutral =
      common !== undefined &&
      ((sharedDocs === 'prefix_neutral' && inPrefix) ||
        (sharedDocs === 'same_pick_neutral' && even))
    let reachable = false
    const take = (team: number, next: readonly number[]): void => {
      if (logged && logged[slot] !== team) return
      if (!finish(slot + 1, next, inPrefix && isNeutral)) return
      teams[slot]!.add(team)
      reachable = true
    }
    if (isNeutral) {
      if (common === item) take(-1, picks)
    } else {
      const able = offer.flatMap((best, side) => (best === undefined ? [] : [side]))
      const fewest = Math.min(...able.map((side) => picks[side]!))
      for (const side of able) {
        if (picks[side] !== fewest || offer[side] !== item) continue
        const next = picks.map((count, other) => (other === side ? count + 1 : count))
        take(sharedDocs === 'same_rank_neutral' && sameRank[slot] ? -1 : side, next)
      }
    }
    known.set(key, reachable)
    return reachable
  }

  const possible = finish(
    0,
    rankings.map(() => 0),
    true,
  )
  return possible ? teams : null
}

/** The best item of each ranking that is not above `slot`; undefined where it has run out. */
function offersBySlot(
  items: readonly number[],
  rankings: readonly (readonly number[])[],
): (number | undefined)[][] {
  const shown = new Set<number>()
  const next = rankings.map(() => 0)
  return items.map((item) => {
    const offer = rankings.map((ranking, side) => {
      while (next[side]! < ranking.length && shown.has(ranking[next[side]!]!)) next[side]!++
      return ranking[next[side]!]
    })
    shown.add(item)
    return offer
  })
}

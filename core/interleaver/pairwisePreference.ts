import type { z } from 'zod'
import type { Id, Interleaver } from './interleaver.ts'
import { chanceOf, type Chance } from '#core/random/chance'
import { distinct, LengthParams, lawOf, prepare, rankMap, toDraw } from './prepare.ts'
import { settle } from './settle.ts'

/**
 * Multileaving by inferred pairs: a clicked item is preferred to the unclicked ones above it and to
 * the next one; each pair counts by the inverse of the probability that chance ordered it so.
 * Oosterhuis & de Rijke, CIKM 2017; the weight is eq. 9 (line 8 of Algorithm 3 differs).
 */
export const pairwisePreference: Interleaver<z.infer<typeof LengthParams>> = {
  paper: 'Oosterhuis & de Rijke, "Sensitive and scalable online evaluation", CIKM 2017',
  params: LengthParams,
  maxRankers: null,
  unbiased: true,
  measure: 'score',
  interleave(rankings, length, params, rng) {
    const prepared = prepare(rankings, length, params.lengthPolicy)
    const list = drawByDepth(prepared.lists, prepared.length, chanceOf(rng))
    return toDraw(prepared, { list, teams: null })
  },
  credit(draw, rankings, clicked, params) {
    // items of the tail are in no pair, unless their clicks count
    const list = params.creditTail ? draw.list : draw.list.filter((_, slot) => !draw.tail[slot])
    return settle(draw, rankings, clicked, params.creditTail, (slots) => ({
      credit: pairScores(list, rankings.map(distinct), slots).credit,
      voteValue: () => null, // unbounded: the analysis takes the difference
    }))
  },
  distribution(rankings, length, params) {
    const { lists, length: served } = prepare(rankings, length, params.lengthPolicy)
    return lawOf((chance) => ({ list: drawByDepth(lists, served, chance), teams: null }))
  },
}

/** Slot i is uniform over the unshown items of the first i + 1 of all rankings. */
function drawByDepth(lists: readonly (readonly Id[])[], length: number, chance: Chance): Id[] {
  const candidates = new Set<Id>() // in order of first appearance: by rank, then by ranker
  const list: Id[] = []
  const seen = new Set<Id>()
  for (let slot = 0; slot < length; slot++) {
    for (const ranking of lists) {
      const item = ranking[slot]
      if (item === undefined || seen.has(item)) continue
      seen.add(item)
      candidates.add(item)
    }
    const item = [...candidates][chance.int(candidates.size)]!
    candidates.delete(item)
    list.push(item)
  }
  return list
}

/** The clicked item is preferred to the other one. */
export interface PreferredPair {
  readonly preferred: Id
  readonly other: Id
}

/**
 * Every clicked item over each unclicked one above it and over the next one below if unclicked.
 *
 * @param slots clicked slots of `list`
 */
export function preferredPairs(list: readonly Id[], slots: readonly number[]): PreferredPair[] {
  const clicked = new Set(slots)
  return slots.flatMap((slot) =>
    list
      .slice(0, slot + 2)
      .filter((_, other) => !clicked.has(other))
      .map((other) => ({ preferred: list[slot]!, other })),
  )
}

/**
 * Probability weight of an ordered pair: Π over the depths x from the better best-rank of the two
 * to the worse one of 1 - 1/(|C(x)| - x), C(x) being the items of the first x + 1 of all rankings.
 *
 * Oosterhuis & de Rijke, CIKM 2017, eq. 9.
 */
export function pairWeight(lists: readonly (readonly Id[])[], i: Id, j: Id): number {
  const bestRank = (item: Id): number =>
    Math.min(...lists.map((list) => list.indexOf(item)).filter((rank) => rank >= 0))
  const ranks = [bestRank(i), bestRank(j)]
  const pool = new Set<Id>()
  let weight = 1
  for (let depth = 0; depth < Math.max(...ranks); depth++) {
    for (const list of lists) if (depth < list.length) pool.add(list[depth]!)
    if (depth >= Math.min(...ranks)) weight *= 1 - 1 / (pool.size - depth)
  }
  return weight
}

export interface PairScores {
  readonly credit: number[]
  /** The pairs that chance could have ordered either way, with their weights. */
  readonly used: readonly (PreferredPair & { readonly weight: number })[]
}

/**
 * Scores of the rankers: ±1/weight per pair, for ordering it like the click or against it.
 *
 * @param lists n rankings without repeated ids; a missing item ranks behind all others
 */
export function pairScores(
  list: readonly Id[],
  lists: readonly (readonly Id[])[],
  slots: readonly number[],
): PairScores {
  const ranks = lists.map(rankMap)
  const rank = (ranker: number, item: Id): number =>
    ranks[ranker]!.get(item) ?? lists[ranker]!.length
  const bestRank = (item: Id): number =>
    Math.min(...ranks.map((byItem) => byItem.get(item) ?? Infinity))
  const place = rankMap(list)
  const used = preferredPairs(list, slots)
    .filter(({ preferred, other }) => {
      // chance could have swapped the two only where both were candidates
      const above = Math.max(bestRank(preferred), bestRank(other))
      return Math.min(place.get(preferred)!, place.get(other)!) >= above
    })
    .map((pair) => ({ ...pair, weight: pairWeight(lists, pair.preferred, pair.other) }))
  const credit = lists.map((_, ranker) =>
    used.reduce((sum, { preferred, other, weight }) => {
      return sum + Math.sign(rank(ranker, other) - rank(ranker, preferred)) / weight
    }, 0),
  )
  return { credit, used }
}

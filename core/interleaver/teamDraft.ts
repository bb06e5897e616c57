import { z } from 'zod'
import type { Id, Interleaver } from './interleaver.ts'
import { chanceOf, type Chance } from '#core/random/chance'
import { LengthParams, lawOf, prepare, toDraw, type Merged } from './prepare.ts'
import { settle } from './settle.ts'

const SharedDocs = z.enum(['drawer', 'prefix_neutral', 'same_rank_neutral', 'same_pick_neutral'])
type SharedDocs = z.infer<typeof SharedDocs>

const TeamDraftParams = z.object({
  sharedDocs: SharedDocs.default('drawer').describe(
    'who owns an item that all rankers offer: drawer = whoever draws it (mpkato/interleaving, Apache Solr); prefix_neutral = the common prefix belongs to nobody (HarrieO/OnlineLearningToRank, ULTRA); same_rank_neutral = items at the same rank everywhere belong to nobody (statistical-interleaving); same_pick_neutral = nobody when all would pick it at the start of a round',
  ),
  ...LengthParams.shape,
})
type TeamDraftParams = z.infer<typeof TeamDraftParams>

/** Rankers draft items in turn like team captains; a click counts for the team that owns the item. */
export const teamDraft: Interleaver<TeamDraftParams> = {
  paper:
    'Radlinski, Kurup & Joachims, CIKM 2008; for more than two rankers Schuth et al., CIKM 2014',
  params: TeamDraftParams,
  maxRankers: null,
  unbiased: true,
  measure: 'vote',
  interleave(rankings, length, params, rng) {
    const prepared = prepare(rankings, length, params.lengthPolicy)
    const merged = draft(prepared.lists, prepared.length, params.sharedDocs, chanceOf(rng))
    return toDraw(prepared, merged)
  },
  credit(draw, rankings, clicked, params) {
    return settle(draw, rankings, clicked, params.creditTail, (slots) => ({
      credit: teamClicks(draw.teams, slots, rankings.length),
    }))
  },
  distribution(rankings, length, params) {
    const prepared = prepare(rankings, length, params.lengthPolicy)
    return lawOf((chance) => draft(prepared.lists, prepared.length, params.sharedDocs, chance))
  },
}

/** Clicked slots per team; neutral slots (-1) count for nobody. */
export function teamClicks(
  teams: readonly number[] | null,
  slots: readonly number[],
  rankers: number,
): number[] {
  if (!teams) throw new RangeError('the draw has no teams')
  const clicks = Array<number>(rankers).fill(0)
  for (const slot of slots) if (teams[slot]! >= 0) clicks[teams[slot]!]!++
  return clicks
}

/**
 * The draft. Per pick the rankers with unused items and the fewest picks are candidates; one is
 * drawn and appends its best unused item. For rankings of equal length this is the law of a fresh
 * random order of the rankers in each round.
 *
 * @param lists n rankings without repeated ids
 * @param length at most the number of items that can be reached
 */
export function draft(
  lists: readonly (readonly Id[])[],
  length: number,
  sharedDocs: SharedDocs,
  chance: Chance,
): Merged & { readonly teams: readonly number[] } {
  const list: Id[] = []
  const teams: number[] = []
  const shown = new Set<Id>()
  const next = lists.map(() => 0)
  const picks = lists.map(() => 0)
  const rankers = lists.map((_, ranker) => ranker)
  const offer = (ranker: number): Id | undefined => lists[ranker]![next[ranker]!]
  const place = (item: Id, team: number): void => {
    list.push(item)
    teams.push(team)
    shown.add(item)
    for (const ranker of rankers) {
      for (let best = offer(ranker); best !== undefined && shown.has(best); best = offer(ranker)) {
        next[ranker]!++
      }
    }
  }
  /** The one item that every ranker would pick, if there is one. */
  const commonOffer = (): Id | undefined => {
    const first = offer(0)
    return rankers.every((ranker) => offer(ranker) === first) ? first : undefined
  }

  let common = sharedDocs === 'prefix_neutral' ? commonOffer() : undefined
  while (common !== undefined && list.length < length) {
    place(common, -1)
    common = commonOffer()
  }
  while (list.length < length) {
    if (sharedDocs === 'same_pick_neutral' && picks.every((count) => count === picks[0])) {
      const item = commonOffer()
      if (item !== undefined) {
        place(item, -1)
        continue
      }
    }
    const able = rankers.filter((ranker) => offer(ranker) !== undefined)
    const fewest = Math.min(...able.map((ranker) => picks[ranker]!))
    const candidates = able.filter((ranker) => picks[ranker] === fewest)
    const ranker = candidates[chance.int(candidates.length)]!
    picks[ranker]!++
    place(offer(ranker)!, ranker)
  }
  if (sharedDocs === 'same_rank_neutral') {
    for (const [slot, item] of list.entries()) {
      const rank = lists[0]!.indexOf(item)
      if (rank >= 0 && lists.every((ranking) => ranking[rank] === item)) teams[slot] = -1
    }
  }
  return { list, teams }
}

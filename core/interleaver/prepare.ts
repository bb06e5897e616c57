import { z } from 'zod'
import type { Draw, Id, Ranking, WeightedList } from './interleaver.ts'
import { enumerate, type Chance } from '#core/random/chance'

/** How long a list is and what its end counts for; part of every method's parameters. */
export const LengthParams = z.object({
  lengthPolicy: z
    .enum(['strict', 'fill'])
    .default('strict')
    .describe(
      'strict: as long as the shortest ranking allows; fill: rankings that run out are dropped and the others go on (choice of this project)',
    ),
  creditTail: z
    .boolean()
    .default(false)
    .describe(
      'whether clicks behind the first exhausted ranking give credit; then the longer ranking wins the tail (choice of this project)',
    ),
})
export type LengthParams = z.infer<typeof LengthParams>

/** Rankings without repeated ids, and the length that can be served. */
export interface Prepared {
  readonly lists: readonly (readonly Id[])[]
  readonly length: number
  readonly identical: boolean
  readonly truncated: boolean
  readonly duplicatesRemoved: readonly number[]
}

/**
 * What every method does first: drop repeated ids, fix the length K of the list.
 *
 * @param length requested, ≥ 1; K is smaller when the rankings are too short
 * @throws RangeError for fewer than 2 or more than `maxRankers` rankings, or a length below 1
 */
export function prepare(
  rankings: readonly Ranking[],
  length: number,
  policy: LengthParams['lengthPolicy'],
  maxRankers: number | null = null,
): Prepared {
  if (rankings.length < 2 || rankings.length > (maxRankers ?? Infinity)) {
    throw new RangeError(
      `${rankings.length} rankings where ${maxRankers === 2 ? '2' : 'at least 2'} are needed`,
    )
  }
  if (!Number.isSafeInteger(length) || length < 1) {
    throw new RangeError(`length ${length} is not a positive integer`)
  }
  const lists = rankings.map(distinct)
  const available =
    policy === 'fill' ? new Set(lists.flat()).size : Math.min(...lists.map((list) => list.length))
  const served = Math.min(length, available)
  return {
    lists,
    length: served,
    identical: served > 0 && lists.every((list) => sameTop(list, lists[0]!, served)),
    truncated: served < length,
    duplicatesRemoved: lists.map((list, i) => rankings[i]!.length - list.length),
  }
}

/** The ranking without repeated ids; each keeps its first place. */
export function distinct(ranking: Ranking): readonly Id[] {
  return [...new Set(Array.from(ranking))]
}

/** The first `length` items of both rankings, or all that there are, agree. */
export function sameTop(a: Ranking, b: Ranking, length: number): boolean {
  const top = Math.min(length, a.length)
  if (Math.min(length, b.length) !== top) return false
  for (let i = 0; i < top; i++) if (a[i] !== b[i]) return false
  return true
}

/** 0-based ranks by item. */
export function rankMap(list: readonly Id[]): ReadonlyMap<Id, number> {
  return new Map(list.map((item, rank) => [item, rank]))
}

export interface Merged {
  readonly list: readonly Id[]
  readonly teams: readonly number[] | null
}

export function toDraw(prepared: Prepared, { list, teams }: Merged): Draw {
  const { identical, truncated, duplicatesRemoved, lists } = prepared
  return { list, teams, tail: tailOf(list, lists), identical, truncated, duplicatesRemoved }
}

/** A slot is in the tail when, before it was filled, some ranking had nothing left to offer. */
function tailOf(list: readonly Id[], lists: readonly (readonly Id[])[]): boolean[] {
  // under `strict` no ranking can run out before the list is full
  if (lists.every((ranking) => ranking.length >= list.length)) return list.map(() => false)
  const members = lists.map((ranking) => new Set(ranking))
  return list.map((item) => {
    const exhausted = members.some((left) => left.size === 0)
    for (const left of members) left.delete(item)
    return exhausted
  })
}

/** The exact law of a merge, with equal lists (and teams) added up. */
export function lawOf(merge: (chance: Chance) => Merged): readonly WeightedList[] {
  const law = new Map<string, { list: readonly Id[]; teams: readonly number[] | null; p: number }>()
  for (const { value, p } of enumerate(merge)) {
    const key = JSON.stringify([value.list, value.teams])
    const entry = law.get(key)
    if (entry) entry.p += p
    else law.set(key, { list: value.list, teams: value.teams, p })
  }
  return [...law.values()]
}

import type { z } from 'zod'
import type { Id, Interleaver } from './interleaver.ts'
import { chanceOf } from '#core/random/chance'
import { distinct, LengthParams, lawOf, prepare, rankMap, toDraw } from './prepare.ts'
import { settle } from './settle.ts'

/**
 * Merges two rankings by alternating pointers after one coin. Biased: with random clicks it prefers
 * the ranking whose items the other one agrees with late, so it never decides alone.
 */
export const balanced: Interleaver<z.infer<typeof LengthParams>> = {
  paper: 'Joachims, "Evaluating retrieval performance using clickthrough data", 2003',
  params: LengthParams,
  maxRankers: 2,
  unbiased: false,
  measure: 'vote',
  interleave(rankings, length, params, rng) {
    const prepared = prepare(rankings, length, params.lengthPolicy, 2)
    const { lists } = prepared
    const list = balancedMerge(lists[0]!, lists[1]!, prepared.length, chanceOf(rng).int(2))
    return toDraw(prepared, { list, teams: null })
  },
  credit(draw, rankings, clicked, params) {
    return settle(draw, rankings, clicked, params.creditTail, (slots) => {
      const a = distinct(rankings[0]!)
      const b = distinct(rankings[1]!)
      return {
        credit: [
          ...topClicks(
            a,
            b,
            slots.map((slot) => draw.list[slot]!),
          ),
        ],
      }
    })
  },
  distribution(rankings, length, params) {
    const { lists, length: served } = prepare(rankings, length, params.lengthPolicy, 2)
    return lawOf((chance) => ({
      list: balancedMerge(lists[0]!, lists[1]!, served, chance.int(2)),
      teams: null,
    }))
  },
}

/**
 * The merge for one outcome of the coin; each pointer advances past what it reads, shown or not.
 *
 * @param first 0: a leads where the pointers are equal, 1: b leads
 */
export function balancedMerge(
  a: readonly Id[],
  b: readonly Id[],
  length: number,
  first: number,
): Id[] {
  const shown = new Set<Id>()
  let nextA = 0
  let nextB = 0
  while (shown.size < length) {
    const aTurn = nextA < nextB || (nextA === nextB && first === 0)
    const readA = nextB >= b.length || (aTurn && nextA < a.length)
    shown.add(readA ? a[nextA++]! : b[nextB++]!)
  }
  return [...shown]
}

/** Clicks within each ranking's top m, where m is the better rank of the lowest clicked item. */
function topClicks(
  a: readonly Id[],
  b: readonly Id[],
  clicked: readonly Id[],
): readonly [number, number] {
  const ranksA = rankMap(a)
  const ranksB = rankMap(b)
  const lowest = clicked.at(-1)!
  const depth = Math.min(ranksA.get(lowest) ?? a.length, ranksB.get(lowest) ?? b.length)
  const within = (ranks: ReadonlyMap<Id, number>): number =>
    clicked.filter((item) => (ranks.get(item) ?? Infinity) <= depth).length
  return [within(ranksA), within(ranksB)]
}

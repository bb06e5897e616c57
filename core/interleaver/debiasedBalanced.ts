import { z } from 'zod'
import type { Id, Interleaver, Ranking } from './interleaver.ts'
import { balancedMerge } from './balanced.ts'
import { chanceOf } from '#core/random/chance'
import { LengthParams, lawOf, prepare, rankMap, toDraw } from './prepare.ts'
import { settle } from './settle.ts'

const DebiasedBalancedParams = z.object({
  theta: z
    .union([z.enum(['inverse', 'uniform']), z.array(z.number().positive()).min(1)])
    .default('inverse')
    .describe(
      'probability that rank r is looked at: inverse = 1/r, uniform = 1 (can not see a change of order), or one value per rank (choice of this project)',
    ),
  ...LengthParams.shape,
})
type DebiasedBalancedParams = z.infer<typeof DebiasedBalancedParams>

/**
 * The balanced merge with counterfactual credit: a click on d counts θ(rank of d) / e(d) for each
 * ranker, e(d) being the expected examination of d over the two possible merges. If clicks follow
 * P(click on d at rank r) = θ(r)·a(d), the expected difference of the credits is the difference in
 * clicks that each ranking alone would bring, over the supported items.
 */
export const debiasedBalanced: Interleaver<DebiasedBalancedParams> = {
  paper:
    'the idea of counterfactual credit: Amazon, CIKM 2022; the formula is of this project, not of the paper',
  params: DebiasedBalancedParams,
  maxRankers: 2,
  unbiased: true,
  measure: 'score',
  interleave(rankings, length, params, rng) {
    const prepared = prepare(rankings, length, params.lengthPolicy, 2)
    const { lists } = prepared
    const list = balancedMerge(lists[0]!, lists[1]!, prepared.length, chanceOf(rng).int(2))
    return toDraw(prepared, { list, teams: null })
  },
  credit(draw, rankings, clicked, params) {
    return settle(draw, rankings, clicked, params.creditTail, (slots) => {
      const { expected, own } = examination(rankings, draw.list.length, params)
      const credit = [0, 0]
      for (const slot of slots) {
        const item = draw.list[slot]!
        const chance = expected.get(item)
        if (chance === undefined) {
          throw new RangeError('the shown list can not come from these rankings')
        }
        for (const [ranker, theta] of own.entries()) {
          credit[ranker]! += (theta.get(item) ?? 0) / chance
        }
      }
      return { credit, voteValue: () => null } // unbounded: the analysis takes the difference
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

/** Examination of the items of two rankings under the balanced merge. */
export interface Examination {
  /** E[θ(rank of d in the merge)] of every item that can be shown. */
  readonly expected: ReadonlyMap<Id, number>
  /** θ(rank of d) in the first K of each ranking. */
  readonly own: readonly ReadonlyMap<Id, number>[]
  /** Items of some ranking's first K that the merge never shows: the estimate leaves them out. */
  readonly unsupported: readonly Id[]
}

/**
 * @param length requested; K is what the length policy allows
 * @throws RangeError when `theta` is a vector shorter than K
 */
export function examination(
  rankings: readonly Ranking[],
  length: number,
  params: DebiasedBalancedParams,
): Examination {
  const { lists, length: served } = prepare(rankings, length, params.lengthPolicy, 2)
  const theta = examinationByRank(params.theta, served)
  const expected = new Map<Id, number>()
  for (const first of [0, 1]) {
    for (const [rank, item] of balancedMerge(lists[0]!, lists[1]!, served, first).entries()) {
      expected.set(item, (expected.get(item) ?? 0) + theta[rank]! / 2)
    }
  }
  const tops = lists.map((list) => list.slice(0, served))
  return {
    expected,
    own: tops.map((top) => new Map([...rankMap(top)].map(([item, rank]) => [item, theta[rank]!]))),
    unsupported: [...new Set(tops.flat())].filter((item) => !expected.has(item)),
  }
}

function examinationByRank(theta: DebiasedBalancedParams['theta'], length: number): number[] {
  if (Array.isArray(theta)) {
    if (theta.length < length) {
      throw new RangeError(`theta has ${theta.length} ranks, the list has ${length}`)
    }
    return theta.slice(0, length)
  }
  return Array.from({ length }, (_, rank) => (theta === 'inverse' ? 1 / (rank + 1) : 1))
}

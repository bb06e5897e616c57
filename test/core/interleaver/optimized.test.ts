import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { optimized, optimizedPlan, type OptimizedPlan } from '#core/interleaver/optimized'
import type { Id } from '#core/interleaver/interleaver'

const paramsFor = (credit: 'inverse' | 'negative') =>
  optimized.params.parse({ credit, lengthPolicy: 'fill', maxLists: 4096 })

/** Σ over depths of the largest difference between two rankers' expected credits of a random click. */
function totalBias(
  rankings: readonly (readonly Id[])[],
  lists: OptimizedPlan['lists'],
  p: readonly number[],
  credit: 'inverse' | 'negative',
): number {
  const length = lists[0]!.length
  const creditOf = (ranking: readonly Id[], item: Id) => {
    const place = ranking.indexOf(item)
    const rank = (place < 0 ? Math.max(ranking.length, length) : place) + 1
    return credit === 'inverse' ? 1 / rank : -rank
  }
  let total = 0
  for (let depth = 1; depth <= length; depth++) {
    const expected = rankings.map((ranking) =>
      lists.reduce((sum, list, i) => {
        const credits = list.slice(0, depth).map((item) => creditOf(ranking, item))
        return sum + p[i]! * credits.reduce((a, b) => a + b, 0)
      }, 0),
    )
    total += Math.max(...expected) - Math.min(...expected)
  }
  return total
}

const ranking = fc.uniqueArray(fc.nat(7), { minLength: 1, maxLength: 7 })
const rankings = fc.array(ranking, { minLength: 2, maxLength: 5 })
const credits = fc.constantFrom('inverse', 'negative')

describe('the plan of optimized interleaving', () => {
  it('is a law whose bias is what it says, and no other law over its lists has less', () => {
    fc.assert(
      fc.property(
        rankings,
        fc.integer({ min: 1, max: 6 }),
        credits,
        fc.array(fc.double({ min: 1e-6, max: 1, noNaN: true }), { minLength: 1, maxLength: 50 }),
        (lists, length, credit, weights) => {
          const plan = optimizedPlan(lists, length, paramsFor(credit))
          expect(Math.min(...plan.p)).toBeGreaterThanOrEqual(0)
          expect(plan.p.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12)
          expect(totalBias(lists, plan.lists, plan.p, credit)).toBeCloseTo(plan.minTotalBias, 6)
          const drawn = plan.lists.map((_, i) => weights[i % weights.length]!)
          const sum = drawn.reduce((a, b) => a + b, 0)
          const other = drawn.map((weight) => weight / sum)
          for (const share of [1, 0.1, 0.001]) {
            const mixed = plan.p.map((q, i) => (1 - share) * q + share * other[i]!)
            const bias = totalBias(lists, plan.lists, mixed, credit)
            expect(bias).toBeGreaterThan(plan.minTotalBias - 1e-6)
          }
        },
      ),
      { numRuns: 100 },
    )
  })

  // the values are those of HiGHS (scipy 1.17's linprog) on the two programs, one after the other
  it.each([
    {
      what: 'goes round in circles by the steepest column and by the first',
      lists: [
        [4, 0, 5, 2, 3, 6, 7],
        [0, 6, 4, 1],
        [5, 4, 2],
        [3, 1],
      ],
      bias: 15.8510619053,
      objective: 22.5001077,
    },
    {
      what: 'had no room for rounding in its second step',
      lists: [[3], [7, 4, 3, 1], [2], [0, 6, 5, 2]],
      bias: 16.2319964349,
      objective: 14.6446479,
    },
    {
      what: 'took seconds',
      lists: [
        [3, 4, 7],
        [4, 0, 3, 5, 1, 7],
        [5, 2],
        [1, 6],
        [0, 4],
      ],
      bias: 26.0786172479,
      objective: 44.0377417,
    },
  ])('is found for a program that $what', ({ lists, bias, objective }) => {
    const plan = optimizedPlan(lists, 6, paramsFor('negative'))
    expect(plan.minTotalBias).toBeCloseTo(bias, 9)
    expect(plan.objective).toBeCloseTo(objective, 6)
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ndcg } from '#core/metric/ndcg'
import { gainNdcg, gradedNdcg, precisionAt } from '#core/run/relevance'

/** Grades of a pool, −1 for none, and places of a list in it. */
const served = fc
  .array(fc.integer({ min: -1, max: 4 }), { minLength: 1, maxLength: 30 })
  .chain((grades) =>
    fc.record({
      grades: fc.constant(grades),
      listed: fc.shuffledSubarray([...grades.keys()], { minLength: 1 }),
    }),
  )

describe('relevance of a served list', () => {
  it('is the nDCG of the metrics, against the pool', () => {
    fc.assert(
      fc.property(served, ({ grades, listed }) => {
        const judged = grades.map((grade) => Math.max(0, grade))
        const { value, skipped } = ndcg(
          listed.map((place) => judged[place]!),
          { k: listed.length, pool: judged },
        )
        const found = gradedNdcg(Int8Array.from(grades), Int32Array.from(listed))
        if (skipped) expect(found).toBeNaN()
        else expect(found).toBeCloseTo(value, 12)
      }),
    )
  })

  it('is 1 for the best list of any gains', () => {
    const gains = Float64Array.of(0.1, 0.7, 0.4)
    expect(gainNdcg(gains, Int32Array.of(1, 2), Int32Array.of(1, 2))).toBe(1)
    // (.1 + .7/log₂ 3) / (.7 + .4/log₂ 3)
    expect(gainNdcg(gains, Int32Array.of(0, 1), Int32Array.of(1, 2))).toBeCloseTo(0.568739, 6)
  })

  it('counts grades from 3 in a share of all k places', () => {
    expect(precisionAt(Int8Array.of(4, 3, 2, -1), Int32Array.of(3, 0, 1, 2), 5)).toBe(0.4)
  })
})

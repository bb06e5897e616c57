import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  averagePrecisionAt,
  hitRateAt,
  precisionAt,
  recallAt,
  reciprocalRank,
} from '#core/metric/binary'
import { dcg } from '#core/metric/dcg'
import { intraListSimilarity } from '#core/metric/diversity'
import { exposure } from '#core/metric/exposure'
import { ndcg } from '#core/metric/ndcg'
import { kendallTau, spearmanRho } from '#core/metric/rankCorrelation'
import { rboExtrapolated, rboMinimum } from '#core/metric/rbo'
import { treeShape } from '#core/metric/treeShape'

const ranking = fc.uniqueArray(fc.nat(12), { minLength: 1, maxLength: 9 })
const persistence = fc.double({ min: 0.05, max: 0.98, noNaN: true })

describe('nDCG', () => {
  it('is 1 for the best order, in [0, 1] for any, and lower against a better pool', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(4), { minLength: 1, maxLength: 10 }), fc.nat(9), (grades, k0) => {
        const k = k0 + 1
        const { value, skipped } = ndcg(grades, { k })
        expect(value >= 0 && value <= 1 + 1e-12).toBe(true)
        expect(skipped).toBe(grades.every((g) => g === 0))
        const best = ndcg(
          [...grades].sort((a, b) => b - a),
          { k },
        )
        expect(best.value).toBeCloseTo(skipped ? 0 : 1, 12)
        expect(ndcg(grades, { k, pool: [...grades, 4] }).value).toBeLessThanOrEqual(value + 1e-12)
      }),
    )
    expect(dcg([], 5)).toBe(0)
  })
})

describe('binary metrics', () => {
  it('count a short list as if the rest were misses', () => {
    const hits = [true, false, true]
    expect(precisionAt(hits, 10)).toBe(0.2)
    expect(recallAt(hits, 10, 4)).toBe(0.5)
    expect(averagePrecisionAt(hits, 10, 4)).toBeCloseTo((1 + 2 / 3) / 4, 15)
    expect(hitRateAt([], 10)).toBe(0)
    expect(reciprocalRank([])).toBe(0)
  })

  it('are null where there is nothing to find', () => {
    expect(recallAt([false], 1, 0)).toBeNull()
    expect(averagePrecisionAt([false], 1, 0)).toBeNull()
  })
})

describe('rank-biased overlap', () => {
  it('is 1 for equal rankings, symmetrical, and at least its minimum', () => {
    fc.assert(
      fc.property(ranking, ranking, persistence, (a, b, p) => {
        expect(rboExtrapolated(a, a, p)).toBeCloseTo(1, 12)
        const value = rboExtrapolated(a, b, p)!
        expect(rboExtrapolated(b, a, p)).toBeCloseTo(value, 12)
        expect(value >= -1e-12 && value <= 1 + 1e-12).toBe(true)
        expect(rboMinimum(a, b, p)!).toBeLessThanOrEqual(value + 1e-12)
      }),
    )
    expect(rboExtrapolated(['a'], ['b'], 0.9)).toBe(0)
  })

  it('is null for an empty ranking and refuses repeated items and bad persistence', () => {
    expect(rboExtrapolated([], ['a'], 0.9)).toBeNull()
    expect(rboMinimum([], ['a'], 0.9)).toBeNull()
    expect(() => rboExtrapolated(['a', 'a'], ['b'], 0.9)).toThrow('item a')
    expect(() => rboMinimum(['a'], ['b'], 1)).toThrow('persistence 1')
  })
})

describe('rank correlation', () => {
  const permutation = fc.shuffledSubarray([1, 2, 3, 4, 5, 6], { minLength: 6, maxLength: 6 })

  it('changes its sign with the order and is ±1 at the ends', () => {
    fc.assert(
      fc.property(permutation, (y) => {
        const x = [1, 2, 3, 4, 5, 6]
        const back = [...y].map((v) => 7 - v)
        expect(kendallTau(x, back)!.tauB).toBeCloseTo(-kendallTau(x, y)!.tauB, 12)
        expect(spearmanRho(x, back)!).toBeCloseTo(-spearmanRho(x, y)!, 12)
        expect(kendallTau(y, y)!.tauB).toBe(1)
      }),
    )
  })

  it('has the exact law of inversions: 1, 3, 5, 6 of 24 for four points', () => {
    const p = (y: number[]) => kendallTau([1, 2, 3, 4], y)!.pExact!
    expect(p([1, 2, 3, 4])).toBeCloseTo(2 / 24, 15)
    expect(p([2, 1, 3, 4])).toBeCloseTo(8 / 24, 15)
    expect(p([2, 1, 4, 3])).toBeCloseTo(18 / 24, 15)
    expect(kendallTau([1, 2, 2], [1, 2, 3])!.pExact).toBeNull()
  })

  it('is null for constants and refuses columns that do not pair', () => {
    expect(kendallTau([1, 1, 1], [1, 2, 3])).toBeNull()
    expect(spearmanRho([2, 2], [1, 2])).toBeNull()
    expect(spearmanRho([], [])).toBeNull()
    expect(() => kendallTau([1], [1, 2])).toThrow('1 values')
  })
})

describe('diversity and exposure', () => {
  it('needs two items with a direction', () => {
    expect(intraListSimilarity([[1, 0]])).toMatchObject({ mean: null, skipped: 0 })
    expect(
      intraListSimilarity([
        [1, 0],
        [0, 0],
      ]),
    ).toMatchObject({ mean: null, skipped: 1 })
    expect(
      intraListSimilarity([
        [1, 0],
        [3, 0],
        [0, 2],
      ]).mean,
    ).toBeCloseTo(1 / 3, 15)
  })

  it('is even for equal exposure and extreme for a single item', () => {
    const even = exposure([7, 7, 7, 7])
    expect(even).toMatchObject({ gini: 0, coverage: 1, effectiveItems: 4 })
    expect(exposure([0, 0, 0, 9])).toMatchObject({ giniUnbiased: 1, effectiveItems: 1 })
  })

  it('knows no exposure and no items', () => {
    expect(exposure([0, 0])).toMatchObject({ gini: 0, effectiveItems: 0, lorenz: [0, 0, 0] })
    expect(exposure([])).toMatchObject({ gini: 0, giniUnbiased: null, coverage: null })
  })
})

describe('tree shape', () => {
  it('takes the smallest arity that holds all items', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 2_000_000 }),
        fc.integer({ min: 1, max: 8 }),
        (n, d) => {
          const { children, leafCapacity, internalNodes } = treeShape(n, d)
          expect(leafCapacity).toBeGreaterThanOrEqual(n)
          if (children > 1) expect((children - 1) ** d).toBeLessThan(n)
          expect(Number.isSafeInteger(internalNodes)).toBe(true)
        },
      ),
    )
    expect(() => treeShape(0, 2)).toThrow('items 0')
    expect(() => treeShape(10, 1.5)).toThrow('depth 1.5')
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { eBh } from '#core/stats/eBh'
import { adjustFamily, adjustments, type AdjustmentId } from '#core/stats/multiplicity'

const pValues = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 12 })

/** Hommel from its definition: closed testing with Simes' test, over all subsets. */
function hommelByClosure(p: readonly number[]): number[] {
  return p.map((_, i) => {
    let worst = 0
    for (let subset = 1; subset < 2 ** p.length; subset++) {
      if (!(subset & (1 << i))) continue
      const inside = p.filter((__, j) => subset & (1 << j)).sort((a, b) => a - b)
      worst = Math.max(worst, Math.min(...inside.map((x, j) => (inside.length * x) / (j + 1))))
    }
    return worst
  })
}

describe.each(Object.keys(adjustments) as AdjustmentId[])('adjustment %s', (id) => {
  it('keeps the order, never lowers a p value and stays in [0, 1]', () => {
    fc.assert(
      fc.property(pValues, (p) => {
        const { adjusted, reject } = adjustFamily(p, id, 0.05)
        adjusted.forEach((x, i) => {
          expect(x).toBeGreaterThanOrEqual(p[i]! - 1e-15)
          expect(x).toBeLessThanOrEqual(1)
          expect(reject[i]).toBe(x <= 0.05)
          p.forEach((other, j) => {
            if (p[i]! < other) expect(x).toBeLessThanOrEqual(adjusted[j]! + 1e-12)
          })
        })
      }),
    )
  })

  it('leaves a single p value as it is and an empty family empty', () => {
    expect(adjustFamily([0.03], id, 0.05).adjusted[0]).toBeCloseTo(0.03, 14)
    expect(adjustFamily([], id, 0.05)).toEqual({ adjusted: [], reject: [] })
    expect(() => adjustFamily([1.2], id, 0.05)).toThrow('1.2')
  })
})

describe('Hommel', () => {
  it('is closed testing with the Simes test', () => {
    const family = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), {
      minLength: 1,
      maxLength: 7,
    })
    fc.assert(
      fc.property(family, (p) => {
        const { adjusted } = adjustFamily(p, 'hommel', 0.05)
        hommelByClosure(p).forEach((x, i) => expect(adjusted[i]).toBeCloseTo(x, 12))
      }),
    )
  })
})

describe('e-BH', () => {
  it('rejects no fewer when evidence grows, and needs m/(kα)', () => {
    const lnE = fc.array(fc.double({ min: -5, max: 900, noNaN: true }), { maxLength: 12 })
    fc.assert(
      fc.property(lnE, (family) => {
        const result = eBh(family, 0.05)
        expect(result.reject.filter(Boolean).length).toBe(result.k)
        expect(
          eBh(
            family.map((x) => x + 1),
            0.05,
          ).k,
        ).toBeGreaterThanOrEqual(result.k)
        const needed = result.k === 0 ? null : family.length / (result.k * 0.05)
        expect(result.threshold).toBe(needed)
      }),
    )
    expect(eBh([], 0.05)).toEqual({ k: 0, threshold: null, reject: [] })
  })
})

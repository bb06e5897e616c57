import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clusteredRatio } from '#core/stats/clusteredRatio'

describe('clusteredRatio', () => {
  it('equals the mean and its t interval when every user has one trial', () => {
    const values = [0.1, 0.4, 0.35, 0.8]
    const { value, interval, se, freedom } = clusteredRatio(values, [1, 1, 1, 1], 0.05)
    expect(value).toBeCloseTo(0.4125, 12)
    // squared deviations sum to .251875; t(.975, 3) = 3.1824463053
    const expected = Math.sqrt(0.251875 / 3 / 4)
    expect(se).toBeCloseTo(expected, 12)
    expect(freedom).toBeCloseTo(3, 10)
    expect(interval!.high - interval!.low).toBeCloseTo(2 * 3.1824463053 * expected, 8)
  })

  it('has the freedom of tr(B)²/tr(B²), summed up the long way', () => {
    const sizes = [7, 1, 3, 12, 2]
    const total = 25
    for (const rho of [0, 0.3, 1]) {
      const w = sizes.map((n) => n * (1 + (n - 1) * rho))
      const all = w.reduce((sum, x) => sum + x, 0)
      const covariance = (g: number, h: number) =>
        (g === h ? w[g]! : 0) -
        (sizes[h]! * w[g]! + sizes[g]! * w[h]!) / total +
        (sizes[g]! * sizes[h]! * all) / total ** 2
      const a = sizes.map((n) => 1 / (1 - n / total))
      let [trace, squares] = [0, 0]
      for (const g of sizes.keys()) {
        trace += a[g]! * covariance(g, g)
        for (const h of sizes.keys()) squares += a[g]! * a[h]! * covariance(g, h) ** 2
      }
      const { freedom } = clusteredRatio([3, 1, 1, 4, 0], sizes, 0.05, rho)
      expect(freedom).toBeCloseTo(trace ** 2 / squares, 9)
    }
  })

  it('says why it has no interval', () => {
    expect(clusteredRatio([], [], 0.05)).toMatchObject({
      value: null,
      reason: 'noData',
      clusters: 0,
    })
    expect(clusteredRatio([1, 9], [2, 0], 0.05)).toMatchObject({
      value: 0.5,
      interval: null,
      reason: 'fewerThanTwoUsers',
    })
  })

  it('is finite or says why not, also when one user has all but all of it', () => {
    expect(clusteredRatio([1, 0], [1, 1e-20], 0.05)).toMatchObject({
      value: 1,
      interval: null,
      reason: 'notEstimable',
    })
    const part = fc.double({ min: 0, max: 1e6, noNaN: true })
    // counts and sums of probabilities, not what underflows
    const size = fc.oneof(fc.constant(0), fc.double({ min: 1e-12, max: 1e6, noNaN: true }))
    fc.assert(
      fc.property(fc.array(fc.tuple(part, size), { maxLength: 6 }), (users) => {
        const { value, interval, reason } = clusteredRatio(
          users.map(([sum]) => sum),
          users.map(([, whole]) => whole),
          0.05,
        )
        if (value !== null) expect(value).toSatisfy(Number.isFinite)
        if (interval)
          expect([interval.low, interval.high]).toSatisfy((ends: number[]) =>
            ends.every(Number.isFinite),
          )
        expect(interval === null).toBe(reason !== null)
      }),
    )
  })
})

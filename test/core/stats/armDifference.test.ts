import { describe, expect, it } from 'vitest'
import { normal } from '#core/random/distributions'
import { streams } from '#core/random/philox'
import { ArmDifference } from '#core/stats/armDifference'
import { noMoments, withValue, type Moments } from '#core/stats/moments'
import { welch } from '#core/stats/welch'

const momentsOf = (values: readonly number[]): Moments => values.reduce(withValue, noMoments)

describe("Welch's test", () => {
  it('agrees with a worked example', () => {
    // R: t.test(c(1, 2, 3, 4), c(2, 4, 6, 8, 10)): t = -2.2156, df = 5.5195, p = 0.07271
    const test = welch(momentsOf([1, 2, 3, 4]), momentsOf([2, 4, 6, 8, 10]), 0.05)!
    expect(test.difference).toBeCloseTo(-3.5, 12)
    expect(test.t).toBeCloseTo(-3.5 / Math.sqrt(5 / 3 / 4 + 10 / 5), 12)
    expect(test.df).toBeCloseTo((5 / 12 + 2) ** 2 / ((5 / 12) ** 2 / 3 + 4 / 4), 10)
    expect(test.interval.low).toBeLessThan(-3.5)
    expect(test.interval.high).toBeGreaterThan(0) // p > .05
    expect(test.p).toBeGreaterThan(0.05)
  })

  it('has no answer without variance or with too few values', () => {
    expect(welch(momentsOf([1, 1]), momentsOf([2, 2]), 0.05)).toBeNull()
    expect(welch(momentsOf([1]), momentsOf([2, 3]), 0.05)).toBeNull()
  })
})

/** Feeds users of two arms in turn; the true difference is `gap`. */
function fed(seed: number, users: number, gap: number, look: (d: ArmDifference) => void): void {
  const rng = streams(seed)('scores', 0)
  const difference = new ArmDifference(0.05, users, 10)
  const arms: [Moments, Moments] = [noMoments, noMoments]
  for (let user = 0; user < users; user++) {
    const arm = rng.int(2) as 0 | 1
    arms[arm] = withValue(arms[arm], 2 + (arm === 0 ? gap : 0) + (1 + arm) * normal(rng))
    difference.look(...arms)
    look(difference)
  }
}

describe('the sequence of a difference of arms', () => {
  it('covers the truth at every look in at least 95 % of the runs, less 3 σ', () => {
    const runs = 300
    let covered = 0
    for (let seed = 0; seed < runs; seed++) {
      let missed = 0
      fed(seed, 600, 0.3, (d) => {
        const { low, high } = d.interval()
        if (low > 0.3 || high < 0.3) missed++
      })
      if (missed === 0) covered++
    }
    expect(covered / runs).toBeGreaterThan(0.95 - 3 * Math.sqrt((0.05 * 0.95) / runs))
  })

  it('excludes nothing before 50 users an arm and finds a large difference later', () => {
    let looks = 0
    let last: ArmDifference | undefined
    fed(1, 1000, 1, (d) => {
      if (++looks <= 99) {
        expect(d.interval()).toEqual({ low: -10, high: 10 })
        expect(d.logE()).toBeNull()
      }
      last = d
    })
    expect(last!.interval().low).toBeGreaterThan(0)
    expect(last!.logE()!).toBeGreaterThan(Math.log(20))
    const resumed = new ArmDifference(0.05, 1000, 10, last!.state())
    expect(resumed.interval()).toEqual(last!.interval())
    expect(resumed.logE()).toBe(last!.logE())
  })
})

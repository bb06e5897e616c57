import { describe, expect, it } from 'vitest'
import { mulberry32 } from '#core/random/mulberry32'
import { lastTouch } from '../../support/lastTouch.ts'
import { boundedScore } from '#core/stats/boundedScore'
import { contingencyTest } from '#core/stats/contingency'
import { lnMeanOfE, lnProductOfDisjoint } from '#core/stats/eValues'
import { firstPickFairness, heavyUsers, noVoteByCoin } from '#core/stats/fairness'
import { sampleRatioTest, SequentialSampleRatio } from '#core/stats/sampleRatio'
import { sensitivityRatio, sizeForRightSign } from '#core/stats/sensitivity'

describe('sample ratio', () => {
  it('has nothing to say without users', () => {
    expect(sampleRatioTest([0, 0], [0.5, 0.5])).toMatchObject({ chi2: null, p: null, level: 'ok' })
  })

  it('only warns of a tiny deviation, however significant', () => {
    const test = sampleRatioTest([50_040_000, 49_960_000], [0.5, 0.5])
    expect(test.p).toBeLessThan(1e-10)
    expect(test.maxDeviation).toBeCloseTo(0.0004, 12)
    expect(test.level).toBe('warn')
  })

  it('blocks a broken split while it runs, and stays blocked', () => {
    const check = new SequentialSampleRatio([0.5, 0.5])
    check.add([700, 500])
    expect(check.level()).toBe('block')
    const before = check.p()
    check.add([500, 700])
    expect(check.p()).toBe(before)
  })

  it('does not depend on how the days were cut, but for the looks', () => {
    const whole = new SequentialSampleRatio([0.3, 0.7])
    const halves = new SequentialSampleRatio([0.3, 0.7])
    whole.add([400, 800])
    halves.add([150, 350])
    halves.add([250, 450])
    expect(halves.lnBayesFactor()).toBeCloseTo(whole.lnBayesFactor(), 9)
  })

  it('refuses shares that are none', () => {
    expect(() => sampleRatioTest([1, 2, 3], [0.5, 0.5])).toThrow('3 counts')
    expect(() => sampleRatioTest([1, 2], [0, 1])).toThrow('planned share 0')
  })
})

describe('fairness', () => {
  it('has nothing to say without picks', () => {
    expect(firstPickFairness([])).toMatchObject({ n: 0, share: null, p: null, level: 'ok' })
    expect(contingencyTest([[5, 0]])).toMatchObject({ chi2: null, p: null })
    expect(contingencyTest([])).toMatchObject({ chi2: null, residuals: [] })
  })

  it('leaves empty positions out of the degrees of freedom', () => {
    const test = contingencyTest([
      [10, 20],
      [0, 0],
      [20, 10],
    ])
    expect(test.df).toBe(1)
    expect(test.chi2).toBeCloseTo(20 / 3, 12)
    expect(test.residuals[1]).toEqual([0, 0])
  })

  it('notices no-votes that follow the coin', () => {
    expect(noVoteByCoin([900, 100], [800, 200]).level).toBe('block')
    expect(noVoteByCoin([900, 100], [905, 95]).level).toBe('ok')
  })

  it('notices few users with most of the votes', () => {
    const crowd = new Array<number>(199).fill(1)
    expect(heavyUsers([...crowd, 1])).toMatchObject({ share: 0.01, level: 'ok' })
    expect(heavyUsers([...crowd, 100]).level).toBe('warn')
    expect(heavyUsers([100, 1])).toEqual({ share: null, level: 'ok' })
  })
})

describe('lastTouch', () => {
  const list = (id: string, t: number) => ({ id, user: 'u', t, items: ['x', 'x'] })

  it('takes the latest list, whatever the order of the log, and knows no events', () => {
    const result = lastTouch(
      [list('late', 20), list('early', 10)],
      [{ user: 'u', t: 25, item: 'x' }],
      60,
    )
    expect(result).toMatchObject({ impression: ['late'], ambiguous: 1, level: 'ok' })
    expect(lastTouch([], [], 60)).toMatchObject({ orphanRate: null, ambiguousRate: null })
  })

  it('warns of many orphans', () => {
    const events = [{ user: 'v', t: 25, item: 'x' }]
    expect(lastTouch([list('i', 20)], events, 60)).toMatchObject({ orphan: 1, level: 'warn' })
  })

  it('takes the window and the second of the list as inside', () => {
    const at = (t: number) =>
      lastTouch([list('i', 100)], [{ user: 'u', t, item: 'x' }], 60).impression[0]
    expect([at(99), at(100), at(160), at(161)]).toEqual([null, 'i', 'i', null])
  })
})

describe('sensitivity', () => {
  const size = () => ({ replicates: 200, rng: mulberry32(5) })

  it('is null rather than a division by noise, and names the metric', () => {
    const pair = { zInterleaving: 3, nInterleaving: 100, zAb: 0.5, nAb: 1000 }
    expect(sensitivityRatio([pair], 'returns per day', 0.05, size())).toEqual({
      abMetric: 'returns per day',
      ratios: [null],
      pooled: null,
      interval: null,
    })
    expect(sensitivityRatio([{ ...pair, zAb: 0 }], 'm', 0.05, size()).ratios).toEqual([null])
    expect(sensitivityRatio([], 'm', 0.05, size()).pooled).toBeNull()
  })

  it('finds the subsample that knows the direction', () => {
    const weak = Array.from({ length: 2000 }, (_, i) => (i % 20 < 11 ? 1 : -1))
    const strong = Array.from({ length: 2000 }, (_, i) => (i % 20 < 16 ? 1 : -1))
    const sizeOf = (values: number[]) => sizeForRightSign(values, 0.95, 400, mulberry32(2))!
    // normal approximation: n = (1.645·sd/mean)²: 268 and 4.8
    expect(sizeOf(weak)).toBeGreaterThan(150)
    expect(sizeOf(weak)).toBeLessThan(420)
    expect(sizeOf(strong)).toBeLessThan(15)
    expect(sizeForRightSign([1, -1], 0.95, 10, mulberry32(1))).toBeNull()
  })
})

describe('e-values and bounded scores', () => {
  it('multiplies over disjoint users and averages over the same, in logs', () => {
    expect(lnProductOfDisjoint([800, 5])).toBe(805)
    expect(lnMeanOfE([800, 800])).toBe(800)
    expect(lnMeanOfE([Math.log(2), Math.log(4)])).toBeCloseTo(Math.log(3), 14)
    expect(lnMeanOfE([])).toBeNull()
    expect(lnMeanOfE([-Infinity])).toBe(-Infinity)
  })

  it('does not clip a difference beyond its bound', () => {
    expect(boundedScore(0.5, 2)).toBe(0.625)
    expect(boundedScore(-2, 2)).toBe(0)
    expect(boundedScore(2.01, 2)).toBeNull()
  })
})

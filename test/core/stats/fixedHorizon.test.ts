import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { binomialTest, lnBinomialPmf, lnBinomialUpperTail } from '#core/stats/binomial'
import { clusterRobust } from '#core/stats/clusterRobust'
import { clusteredBootstrap } from '#core/stats/clusteredBootstrap'
import { crossing } from '#core/stats/crossing'
import { cuped } from '#core/stats/cuped'
import { designEffect, icc } from '#core/stats/icc'
import { lnChiSquareTail, lnNormalTail } from '#core/stats/logTail'
import { meanTest, sum } from '#core/stats/meanTest'
import { noncentralTTail } from '#core/stats/noncentralT'
import { pairedTest, welchTest } from '#core/stats/pairedTest'
import {
  minimumDetectableEffect,
  powerInterleaving,
  signTestPower,
} from '#core/stats/powerInterleaving'
import { usersPerArm, usersPerArmArcsine } from '#core/stats/powerAb'
import { proportionInterval } from '#core/stats/proportionInterval'
import { signTest } from '#core/stats/signTest'
import { chiSquareInverse, chiSquareTail, studentTwoSided } from '#core/stats/special'
import { voteDelta } from '#core/stats/voteDelta'
import { wilcoxonTest } from '#core/stats/wilcoxon'
import { mulberry32 } from '#core/random/mulberry32'

/** P(W = k) by the recurrence over trials, as slow as it is obvious. */
function pmfTable(n: number, p: number): number[] {
  let table = [1]
  for (let trial = 0; trial < n; trial++) {
    const next = new Array<number>(table.length + 1).fill(0)
    table.forEach((share, k) => {
      next[k] = next[k]! + share * (1 - p)
      next[k + 1] = next[k + 1]! + share * p
    })
    table = next
  }
  return table
}

const probability = fc.double({ min: 0.02, max: 0.98, noNaN: true })

describe('binomial law', () => {
  it('equals the recurrence', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.nat(40), probability, (n, raw, p) => {
        const k = Math.min(raw, n)
        const table = pmfTable(n, p)
        expect(Math.exp(lnBinomialPmf(k, n, p))).toBeCloseTo(table[k]!, 12)
        const tail = table.slice(k).reduce((a, b) => a + b, 0)
        expect(Math.exp(lnBinomialUpperTail(k, n, p))).toBeCloseTo(tail, 10)
        const asRare = table.filter((x) => x <= table[k]! * (1 + 1e-7))
        const exact = asRare.reduce((a, b) => a + b, 0)
        expect(binomialTest(k, n, p)).toBeCloseTo(Math.min(1, exact), 10)
      }),
    )
  })

  it('has no tail without trials, and none beyond n', () => {
    expect(binomialTest(0, 0, 0.5)).toBe(1)
    expect(lnBinomialUpperTail(0, 5, 0.5)).toBe(0)
    expect(lnBinomialUpperTail(6, 5, 0.5)).toBe(-Infinity)
    expect(lnBinomialPmf(3, 3, 1)).toBe(0)
    expect(lnBinomialPmf(2, 3, 1)).toBe(-Infinity)
    expect(lnBinomialPmf(1, 3, 0)).toBe(-Infinity)
  })
})

describe('log tails', () => {
  it('continue where the tail itself underflows', () => {
    // ln of the asymptotic series φ(z)/z·(1 − 1/z² + 3/z⁴ − 15/z⁶) at z = 50
    const z = 50
    const series = 1 - z ** -2 + 3 * z ** -4 - 15 * z ** -6
    const expected = (-z * z) / 2 - Math.log(Math.sqrt(2 * Math.PI) * z) + Math.log(series)
    expect(lnNormalTail(z)).toBeCloseTo(expected, 8)
    expect(Math.exp(lnNormalTail(-1.5))).toBeCloseTo(0.9331927987311419, 14)
    expect(lnNormalTail(0)).toBe(-Math.LN2)
    expect(Number.isFinite(lnChiSquareTail(1e5, 7))).toBe(true)
  })

  it('meet the direct tail', () => {
    for (const df of [1, 4, 30]) {
      for (const x of [df + 39.9, df + 40.1, df + 80]) {
        const direct = Math.log(chiSquareTail(x, df))
        expect(Math.abs(lnChiSquareTail(x, df) / direct - 1)).toBeLessThan(1e-11)
      }
    }
  })

  it('invert the χ² law', () => {
    expect(chiSquareTail(chiSquareInverse(0.1, 5), 5)).toBeCloseTo(0.9, 12)
    expect(chiSquareInverse(0, 3)).toBe(0)
    expect(() => chiSquareInverse(1, 3)).toThrow('probability 1')
  })
})

describe('sign test', () => {
  const votes = fc.record({ winsA: fc.nat(60), winsB: fc.nat(60), ties: fc.nat(60) })

  it('is the same from either side, between 0 and 1, and agrees with its logarithm', () => {
    fc.assert(
      fc.property(votes, ({ winsA, winsB, ties }) => {
        const test = signTest({ winsA, winsB, ties })
        const other = signTest({ winsA: winsB, winsB: winsA, ties })
        expect(test.p).toBe(other.p)
        expect(test.pTrinomial).toBe(other.pTrinomial)
        for (const p of [test.p, test.midP, test.pGreater, test.pNormal, test.pTrinomial]) {
          if (p !== null) expect(p >= 0 && p <= 1).toBe(true)
        }
        expect(Math.exp(test.lnP)).toBeCloseTo(test.p, 10)
        expect(test.midP).toBeLessThanOrEqual(test.p + 1e-15)
      }),
    )
  })

  it('leaves the trinomial test out above 1500 votes', () => {
    expect(signTest({ winsA: 800, winsB: 701, ties: 0 }).pTrinomial).toBeNull()
  })
})

describe('proportion intervals', () => {
  it.each(Object.entries(proportionInterval))('%s holds k/n, mirrors, and knows [0, 1]', (_, f) => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), fc.nat(300), (n, raw) => {
        const k = Math.min(raw, n)
        const { low, high } = f(k, n, 0.05)
        const other = f(n - k, n, 0.05)
        expect(low >= 0 && high <= 1 && low <= high).toBe(true)
        expect(other.low).toBeCloseTo(1 - high, 9)
        const mid = f === proportionInterval.agrestiCoull || f === proportionInterval.jeffreys
        if (!mid) expect(low <= k / n + 1e-12 && high >= k / n - 1e-12).toBe(true)
      }),
    )
    expect(f(0, 0, 0.05)).toEqual({ low: 0, high: 1 })
  })
})

describe('means', () => {
  it('sums without losing what cancels', () => {
    expect(sum([1e16, 1, -1e16])).toBe(1)
    expect(sum([])).toBe(0)
  })

  it('has reasons instead of numbers', () => {
    expect(meanTest([], 0, 0.05)).toMatchObject({ mean: null, p: null, reason: 'noVotes' })
    expect(meanTest([1], 0, 0.05)).toMatchObject({ mean: 1, t: null, reason: 'fewerThanTwoUsers' })
    expect(meanTest([0.1, 0.1, 0.1], 0, 0.05)).toMatchObject({ t: null, reason: 'noVariance' })
    expect(pairedTest([1, 2], [0, 1], 0.05)).toMatchObject({ cohenDz: null, hedgesGz: null })
    expect(welchTest([1], [1, 2])).toBeNull()
    expect(welchTest([1, 1], [2, 2])).toBeNull()
    expect(() => pairedTest([1], [1, 2], 0.05)).toThrow('1 values')
    expect(voteDelta({ winsA: 1, winsB: 0, ties: 0 }, 0.05)).toMatchObject({
      delta: 0.5,
      se: null,
      reason: 'fewerThanTwoPoints',
    })
    expect(voteDelta({ winsA: 4, winsB: 0, ties: 0 }, 0.05).reason).toBe('noVariance')
    expect(wilcoxonTest([0, 0])).toMatchObject({ w: null, p: null, reason: 'noNonZeroDifference' })
  })

  it('ranks values that differ by rounding alone as equal', () => {
    const clean = [0.03, 0.03, -0.03, 0.06, 0.01]
    const noisy = [0.03, 0.030000000000000027, -0.03, 0.06, 0.01]
    expect(wilcoxonTest(noisy)).toEqual(wilcoxonTest(clean))
  })

  it('counts the exact Wilcoxon law', () => {
    // 2·P(W ≤ 1) = 2·2/2⁴: the empty set and {1}
    expect(wilcoxonTest([2, 3, 4, -1]).pExactIgnoringTies).toBeCloseTo(0.25, 15)
  })

  it('leaves Y alone for a constant covariate', () => {
    const result = cuped([1, 2, 4], [0.1, 0.1, 0.1])!
    expect(result.theta).toBe(0)
    expect(result.adjusted).toEqual([1, 2, 4])
    expect(result.reduction).toBe(0)
    expect(cuped([1], [1])).toBeNull()
  })

  it('never lets CUPED raise the variance, nor move the mean', () => {
    const column = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 4, maxLength: 30 })
    fc.assert(
      fc.property(column, fc.nat(1000), (y, seed) => {
        const rng = mulberry32(seed)
        const result = cuped(
          y,
          y.map((v) => v + rng.u() * 40),
        )!
        expect(result.varianceAdjusted).toBeLessThanOrEqual(
          result.varianceRaw * (1 + 1e-12) + 1e-12,
        )
        expect(result.mean).toBeCloseTo(sum(y) / y.length, 9)
      }),
    )
  })
})

describe('clusters', () => {
  it('with one vote each are the plain standard error times √(n/(n − 1)) over the same', () => {
    const votes = [1, 0, 0.5, 1, 1, 0, 1]
    const squares = votes.reduce((total, x) => total + x * x, 0)
    const robust = clusterRobust(
      votes.map((voteSum) => ({ votes: 1, voteSum })),
      squares,
      0.05,
    )
    expect(robust.se).toBeCloseTo(robust.naiveSe!, 14)
    expect(robust.designEffect).toBeCloseTo(1, 12)
    const plain = meanTest(votes, 0.5, 0.05)
    expect(robust.p).toBeCloseTo(plain.p!, 12)
  })

  it('have reasons instead of numbers', () => {
    expect(clusterRobust([], 0, 0.05)).toMatchObject({ delta: null, reason: 'noVotes' })
    const one = clusterRobust([{ votes: 3, voteSum: 2 }], 2, 0.05)
    expect(one).toMatchObject({ interval: null, reason: 'fewerThanTwoUsers' })
    const equal = [
      { votes: 2, voteSum: 2, voteSquares: 2 },
      { votes: 1, voteSum: 1, voteSquares: 1 },
    ]
    expect(clusterRobust(equal, 3, 0.05)).toMatchObject({
      designEffect: null,
      reason: 'noVariance',
    })
    expect(icc(equal)).toBeNull()
    expect(icc([{ votes: 1, voteSum: 1, voteSquares: 1 }])).toBeNull()
    expect(designEffect(7, null)).toBe(1)
  })

  it('bootstrap: nothing to resample, and no spread', () => {
    const rng = mulberry32(3)
    expect(clusteredBootstrap([{ numerator: 1, denominator: 2 }], 10, 0.05, rng)).toBeNull()
    const equal = Array.from({ length: 4 }, () => ({ numerator: 1, denominator: 2 }))
    expect(clusteredBootstrap(equal, 10, 0.05, rng)).toMatchObject({
      estimate: 0.5,
      percentile: { low: 0.5, high: 0.5 },
      bca: null,
    })
  })
})

describe('planning', () => {
  const plan = {
    alpha: 0.05,
    power: 0.8,
    tieRate: 0.2,
    noVoteRate: 0.1,
    meanImpressionsPerUser: 4,
    icc: 0,
  }

  it('inverts itself', () => {
    const { decisive } = powerInterleaving(0.56, plan)!
    expect(minimumDetectableEffect(decisive, 0.05, 0.8)).toBeCloseTo(0.06, 9)
    expect(powerInterleaving(0.44, plan)!.decisive).toBeCloseTo(decisive, 9)
    expect(powerInterleaving(0.5, plan)).toBeNull()
    expect(minimumDetectableEffect(1, 0.05, 0.8)).toBe(0.5)
  })

  it('needs more of everything for a smaller effect', () => {
    const small = powerInterleaving(0.55, plan)!
    const large = powerInterleaving(0.6, plan)!
    expect(small.users).toBeGreaterThan(large.users)
    expect(small.sustained!).toBeGreaterThan(large.sustained!)
    expect(small.impressions).toBe(Math.ceil(small.decisive / 0.7))
  })

  it('counts the exact power of the sign test', () => {
    // n = 6: only 0 or 6 wins are significant at 5 %
    expect(signTestPower(6, 0.8, 0.05)).toBeCloseTo(0.8 ** 6 + 0.2 ** 6, 12)
    expect(signTestPower(5, 0.8, 0.05)).toBe(0)
  })

  it('refuses to tell a proportion from itself', () => {
    expect(() => usersPerArm(0.1, 0.1, plan)).toThrow('0.1')
    expect(() => usersPerArmArcsine(0.1, 0.1, plan)).toThrow('0.1')
  })

  it('has the central t as the special case of its non-central one', () => {
    for (const df of [1, 3, 40, 2000]) {
      expect(noncentralTTail(1.3, df, 0)).toBeCloseTo(studentTwoSided(1.3, df) / 2, 10)
    }
  })
})

describe('crossing', () => {
  it('finds a change of sign to the last digits', () => {
    expect(crossing((x) => x * x * x - 2, 0, 5)).toBeCloseTo(Math.cbrt(2), 13)
    expect(crossing((x) => Math.log(x), 1e-300, 10)).toBeCloseTo(1, 13)
    expect(crossing((x) => x, 0, 1)).toBe(0)
    expect(() => crossing((x) => x + 1, 0, 1)).toThrow('no sign change')
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BettingSequence } from '#core/stats/bettingSequence'
import { bettingInterval } from '#core/stats/bettingInterval'
import { lnFactorAbove, lnFactorBelow, PredictableBet } from '#core/stats/bettingProcess'
import { AsymptoticSequence } from '#core/stats/asymptoticSequence'
import type { SequentialEngine } from '#core/stats/engine/engine'
import { engines } from '#core/stats/engine/index'
import { FixedUserT } from '#core/stats/fixedUserT'
import { meanTest } from '#core/stats/meanTest'

const plan = { alpha: 0.05, horizon: 120 }
/** Scores as interleaving gives them: often 0, ½ or 1, sometimes in between. */
const score = fc.oneof(fc.constantFrom(0, 0.5, 1), fc.double({ min: 0, max: 1, noNaN: true }))
const scores = fc.array(score, { minLength: 1, maxLength: 150 })
const few = { numRuns: 40 }

function fed(engine: SequentialEngine, xs: readonly number[]): SequentialEngine {
  xs.forEach((x) => engine.add(x))
  return engine
}

const read = (engine: SequentialEngine) => [
  engine.n,
  engine.interval(),
  engine.logE(),
  engine.pValue(),
]

describe.each(Object.entries(engines))('engine %s', (_id, kind) => {
  it('names its source', () => {
    expect(kind.paper).toMatch(/\d{4}$/)
  })

  it('continues bit by bit from a state that went through structured clone', () => {
    fc.assert(
      fc.property(scores, scores, (before, after) => {
        const whole = fed(kind.create(plan), [...before, ...after])
        const stored = structuredClone(fed(kind.create(plan), before).state())
        const resumed = fed(kind.create(plan, stored), after)
        expect(resumed.state()).toEqual(whole.state())
        expect(read(resumed)).toEqual(read(whole))
      }),
      few,
    )
  })

  it('only ever narrows its interval, and keeps it inside [0, 1]', () => {
    fc.assert(
      fc.property(scores, (xs) => {
        const engine = kind.create(plan)
        let last = { low: 0, high: 1 }
        for (const x of xs) {
          engine.add(x)
          const now = engine.interval()
          if (now === null) continue
          expect(now.low).toBeGreaterThanOrEqual(last.low)
          expect(now.high).toBeLessThanOrEqual(last.high)
          expect(now.low).toBeLessThanOrEqual(now.high)
          last = now
        }
      }),
      few,
    )
  })

  it('mirrors when A and B change places', () => {
    fc.assert(
      fc.property(scores, (xs) => {
        const one = fed(kind.create(plan), xs).interval()
        const other = fed(
          kind.create(plan),
          xs.map((x) => 1 - x),
        ).interval()
        if (one === null || other === null) return // rounding may take the last variance away
        expect(other.low).toBeCloseTo(1 - one.high, 8)
        expect(other.high).toBeCloseTo(1 - one.low, 8)
      }),
      few,
    )
  })

  it('never gives NaN, and p in [0, 1]', () => {
    fc.assert(
      fc.property(scores, (xs) => {
        const engine = fed(kind.create(plan), xs)
        engine.finish()
        const numbers = [engine.interval()?.low, engine.interval()?.high, engine.logE()]
        for (const x of numbers) if (typeof x === 'number') expect(Number.isFinite(x)).toBe(true)
        const p = engine.pValue()
        if (p !== null) expect(p >= 0 && p <= 1).toBe(true)
      }),
      few,
    )
  })

  it('refuses what is not a number', () => {
    expect(() => kind.create(plan).add(NaN)).toThrow('score NaN')
  })

  it('decides a clear preference', () => {
    const strong = Array.from({ length: 400 }, (_, i) => (i % 5 === 0 ? 0.4 : 0.9))
    const engine = fed(kind.create({ ...plan, horizon: 400 }), strong)
    expect(engine.interval()!.low).toBeGreaterThan(0.5)
    expect(engine.pValue()!).toBeLessThan(0.05)
  })
})

describe('BettingSequence', () => {
  it('equals the definition on the grid .001 … .999', () => {
    fc.assert(
      fc.property(fc.array(score, { minLength: 1, maxLength: 60 }), (xs) => {
        const bet = new PredictableBet(0.05)
        const above = new Float64Array(1000)
        const below = new Float64Array(1000)
        for (const x of xs) {
          const lambda = bet.next()
          bet.add(x)
          for (let g = 1; g < 1000; g++) {
            above[g] = above[g]! + lnFactorAbove(x, g / 1000, lambda)
            below[g] = below[g]! + lnFactorBelow(x, g / 1000, lambda)
          }
        }
        const kept: number[] = []
        for (let g = 1; g < 1000; g++) {
          if (Math.max(above[g]!, below[g]!) - Math.LN2 < Math.log(20)) kept.push(g / 1000)
        }
        const { low, high } = bettingInterval(xs, 0.05)
        const inside = Array.from({ length: 999 }, (_, i) => (i + 1) / 1000).filter(
          (m) => m > low + 1e-12 && m < high - 1e-12,
        )
        expect(kept).toEqual(inside)
      }),
      { numRuns: 25 },
    )
  })

  it('is the intersection of the intervals of all moments', () => {
    fc.assert(
      fc.property(fc.array(score, { minLength: 1, maxLength: 60 }), (xs) => {
        let low = 0
        let high = 1
        const engine = new BettingSequence(0.05)
        xs.forEach((x, i) => {
          engine.add(x)
          const now = bettingInterval(xs.slice(0, i + 1), 0.05)
          low = Math.max(low, now.low)
          high = Math.min(high, now.high)
        })
        fc.pre(low < high)
        expect(engine.interval().low).toBeCloseTo(low, 9)
        expect(engine.interval().high).toBeCloseTo(high, 9)
      }),
      { numRuns: 25 },
    )
  })

  it('excludes ½ exactly when its e-process has crossed 1/α', () => {
    fc.assert(
      fc.property(scores, (xs) => {
        const engine = fed(new BettingSequence(0.05), xs)
        const { low, high } = engine.interval()!
        expect(low > 0.5 || high < 0.5).toBe(engine.pValue()! < 0.05)
      }),
      { numRuns: 60 },
    )
  })

  it('refuses a score outside [0, 1] instead of clipping it', () => {
    expect(() => new BettingSequence(0.05).add(1.01)).toThrow('1.01')
    expect(() => new BettingSequence(0.05).add(-0.01)).toThrow('-0.01')
  })

  it('refuses a state whose columns do not belong together', () => {
    const state = { scores: new Float64Array(2), bets: new Float64Array(1) }
    expect(() => new BettingSequence(0.05, state)).toThrow('2 scores')
    expect(() => new BettingSequence(0.05, { sum: new Float64Array(1) })).toThrow('sum')
  })
})

describe('AsymptoticSequence', () => {
  it('excludes nothing before 50 users', () => {
    const xs = Array.from({ length: 49 }, (_, i) => (i % 9 === 0 ? 0.9 : 1))
    const engine = fed(new AsymptoticSequence(0.05, 100), xs)
    expect(engine.interval()).toEqual({ low: 0, high: 1 })
    expect(engine.logE()).toBeNull()
    engine.add(1)
    expect(engine.interval()!.low).toBeGreaterThan(0.5)
  })

  it('has no interval while all scores are equal', () => {
    const engine = fed(new AsymptoticSequence(0.05, 100), new Array<number>(80).fill(0.5))
    expect(engine.interval()).toBeNull()
    expect(engine.pValue()).toBeNull()
  })

  it('takes unbounded differences around 0', () => {
    const engine = new AsymptoticSequence(0.05, 200, {}, { low: -1e9, high: 1e9 }, 0)
    for (let i = 0; i < 200; i++) engine.add(3 + (i % 7) - 3)
    expect(engine.interval()!.low).toBeGreaterThan(0)
    expect(engine.logE() ?? 0).toBeGreaterThan(Math.log(20))
  })

  it('excludes ½ when its e-value reaches 1/α and not before', () => {
    const engine = new AsymptoticSequence(0.05, 300)
    for (let i = 0; i < 300; i++) {
      engine.add(i % 3 === 0 ? 0 : 0.9)
      const interval = engine.interval()
      if (interval)
        expect(interval.low > 0.5).toBe(engine.pValue() !== null && engine.pValue()! < 0.05)
    }
    expect(engine.interval()!.low).toBeGreaterThan(0.5)
  })
})

describe('FixedUserT', () => {
  const xs = [0.7, 0.5, 0.9, 0.4, 0.8, 0.6]

  it('looks once, at the horizon', () => {
    const engine = new FixedUserT(0.05, xs.length)
    xs.slice(0, -1).forEach((x) => engine.add(x))
    expect(engine.interval()).toEqual({ low: 0, high: 1 })
    expect(engine.pValue()).toBeNull()
    engine.add(xs[5]!)
    const test = meanTest(xs, 0.5, 0.05)
    expect(engine.interval()!.low).toBeCloseTo(test.interval!.low, 12)
    expect(engine.pValue()).toBeCloseTo(test.p!, 12)
    engine.add(0)
    expect(engine.pValue()).toBeCloseTo(test.p!, 12)
    expect(engine.n).toBe(xs.length + 1)
  })

  it('looks when enrolment ends before the horizon', () => {
    const engine = fed(new FixedUserT(0.05, 1000), xs)
    engine.finish()
    expect(engine.interval()!.low).toBeGreaterThan(0)
  })
})

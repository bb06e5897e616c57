import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rangeInference } from '#core/run/rangeInference'
import { rangeStarts, snapRange } from '#core/run/rangeStarts'
import type { ClosedUser } from '#core/run/userSubset'
import { meanVote, simulatedRuns } from '#core/stats/calibration/runs'
import { trueDelta, type Population } from '#core/stats/calibration/simulatedUsers'
import type { EngineId } from '#core/stats/engine/index'

const errorRate = 0.05
const user = (vote: number): ClosedUser => ({ vote, sign: (Math.sign(vote - 0.5) + 1) / 2 })
const clustered: Population = {
  users: 80,
  taste: { kind: 'beta', a: 2, b: 2 },
  activity: { kind: 'uniform', from: 1, to: 9 },
  tieRate: 0,
  noVoteRate: 0,
  soft: false,
}

/** Share of worlds in which some range that could be brushed misses the true Δ. */
function missedSomewhere(engine: EngineId, population: Population, runs: number) {
  const truth = trueDelta(population)
  const missed = { raw: 0, corrected: 0 }
  for (const world of simulatedRuns(population, { runs, alpha: errorRate, seed: 11 })) {
    const closed = world.map((votes) => user(meanVote(votes)))
    const starts = rangeStarts(closed.length)
    // a sequence is intersected over its ends, so that the last end stands for all of them
    const ends = engine === 'fixedUserT' ? [...starts.slice(1), closed.length] : [closed.length]
    const found = starts.flatMap((from) =>
      ends
        .filter((to) => to > from)
        .map((to) => rangeInference(closed, [from, to], { engine, errorRate })!),
    )
    for (const which of ['raw', 'corrected'] as const) {
      const isMissed = found.some(({ [which]: { delta } }) => {
        const { low, high } = delta
        return low !== null && high !== null && (low > truth || high < truth)
      })
      if (isMissed) missed[which]++
    }
  }
  return { raw: missed.raw / runs, corrected: missed.corrected / runs }
}

/** Three standard errors above the level. */
const atMost = (runs: number) => errorRate + 3 * Math.sqrt((errorRate * (1 - errorRate)) / runs)

describe('a range that was brushed by looking', () => {
  it.each([
    ['betting', 80],
    ['betaBinomial', 30],
    ['fixedUserT', 60],
  ] as const)('keeps its level in A/A worlds when the worst one is taken: %s', (engine, runs) => {
    const { raw, corrected } = missedSomewhere(engine, clustered, runs)
    expect(corrected).toBeLessThanOrEqual(atMost(runs))
    // the price is not for nothing: uncorrected ranges find something in far too many worlds
    if (engine === 'fixedUserT') expect(raw).toBeGreaterThan(3 * errorRate)
  })

  it('covers a real Δ wherever it is brushed', () => {
    const preferred: Population = { ...clustered, taste: { kind: 'beta', a: 3, b: 2 } }
    const { corrected } = missedSomewhere('betting', preferred, 80)
    expect(corrected).toBeLessThanOrEqual(atMost(80))
  })

  it('finds a preference that a part of the run has, and says the raw one beside it', () => {
    const closed = Array.from({ length: 800 }, (_, i) =>
      user(i >= 400 && i < 600 ? Number(i % 5 !== 0) : i % 2),
    )
    const plan = { engine: 'betting', errorRate } as const
    const inside = rangeInference(closed, [395, 600], plan)!
    expect(inside).toMatchObject({ from: 400, to: 600, state: 'aBetter' })
    expect(inside.family).toEqual({ kind: 'starts', size: 20, errorRate })
    expect(inside.corrected.errorRate).toBeCloseTo(errorRate / 20, 12)
    expect(inside.raw.delta.value).toBeCloseTo(0.3, 12)
    expect(inside.raw.delta.low!).toBeGreaterThan(inside.corrected.delta.low!)
    expect(inside.raw.p!).toBeLessThanOrEqual(inside.corrected.p!)
    expect(rangeInference(closed, [0, 400], plan)!.state).toBe('undecided')
  })

  it('prices every pair of ends where the engine looks once', () => {
    const closed = Array.from({ length: 100 }, (_, i) => user(i % 2))
    const found = rangeInference(closed, [12, 33], { engine: 'fixedUserT', errorRate })!
    expect(found).toMatchObject({ from: 10, to: 35, family: { kind: 'ranges', size: 210 } })
  })

  it('never says NaN', () => {
    const votes = fc.array(fc.constantFrom(0, 0.5, 1, Number.NaN), { maxLength: 60 })
    const engine = fc.constantFrom<EngineId>('betting', 'betaBinomial', 'asymptotic', 'fixedUserT')
    fc.assert(
      fc.property(votes, engine, fc.nat(70), fc.nat(70), (all, id, from, to) => {
        const found = rangeInference(all.map(user), [from, to], { engine: id, errorRate })
        const numbers = found
          ? [found.raw, found.corrected].flatMap(({ delta, p }) => [
              delta.value,
              delta.low,
              delta.high,
              p,
            ])
          : []
        expect(numbers.some(Number.isNaN)).toBe(false)
        if (found) expect(found.to).toBeGreaterThan(found.from)
      }),
      { numRuns: 60 },
    )
  })
})

describe('the grid of a brush', () => {
  it('starts at twentieths and keeps the end where it is free', () => {
    expect(rangeStarts(300)).toHaveLength(20)
    expect(rangeStarts(7)).toEqual([0, 1, 2, 3, 4, 5, 6])
    expect(snapRange(300, [52, 111], true)).toEqual([45, 111])
    expect(snapRange(300, [52, 111], false)).toEqual([45, 105])
    expect(snapRange(300, [200, 111], true)).toEqual([105, 111])
    expect(snapRange(300, [0, 0], true)).toBeNull()
    expect(snapRange(0, [0, 10], true)).toBeNull()
  })
})

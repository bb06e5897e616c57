import { describe, expect, it } from 'vitest'
import { rangeStarts } from '#core/run/rangeStarts'
import { windowInference, type TimedUser } from '#core/run/windowInference'
import { meanVote, simulatedRuns } from '#core/stats/calibration/runs'
import { trueDelta, type Population } from '#core/stats/calibration/simulatedUsers'

const errorRate = 0.05
const user = (vote: number, i: number): TimedUser => ({
  vote,
  sign: (Math.sign(vote - 0.5) + 1) / 2,
  last: 10 * i + 3,
  seconds: 60 * i,
})
const plan = { engine: 'betting', errorRate } as const

describe('Δ in windows of time', () => {
  it('gives every user to one window, in the order in which they left', () => {
    const users = Array.from({ length: 103 }, (_, i) => user(i % 3 === 0 ? Number.NaN : 0.8, i))
    const { windows } = windowInference(users, plan)
    expect(windows.map(({ from }) => from)).toEqual(rangeStarts(103))
    expect(windows.map(({ to }) => to)).toEqual([...rangeStarts(103).slice(1), 103])
    const voting = users.filter(({ vote }) => !Number.isNaN(vote)).length
    expect(windows.reduce((sum, { delta }) => sum + delta.n, 0)).toBe(voting)
    for (const { to, delta, alone, impressions, seconds } of windows) {
      expect(delta.value).toBeCloseTo(0.3, 12)
      expect([impressions, seconds]).toEqual([10 * (to - 1) + 4, 60 * (to - 1)])
      // a window among many is wider than one alone
      expect(delta.low!).toBeLessThanOrEqual(alone.low!)
      expect(delta.high!).toBeGreaterThanOrEqual(alone.high!)
    }
  })

  it('shows where Δ turns', () => {
    const users = Array.from({ length: 2000 }, (_, i) => user(i < 1000 ? 0.9 : 0.1, i))
    const { windows } = windowInference(users, plan)
    const half = windows.length / 2
    expect(windows.slice(0, half).every(({ delta }) => delta.low! > 0)).toBe(true)
    expect(windows.slice(half).every(({ delta }) => delta.high! < 0)).toBe(true)
  })

  it('covers in all windows at once, as often as it says', () => {
    const population: Population = {
      users: 200,
      taste: { kind: 'beta', a: 2, b: 2 },
      activity: { kind: 'uniform', from: 1, to: 9 },
      tieRate: 0,
      noVoteRate: 0,
      soft: false,
    }
    const truth = trueDelta(population)
    const worlds = simulatedRuns(population, { runs: 60, alpha: errorRate, seed: 5 })
    const missed = { betting: 0, fixedUserT: 0 }
    for (const world of worlds) {
      const closed = world.map((votes, i) => user(meanVote(votes), i))
      for (const engine of ['betting', 'fixedUserT'] as const) {
        const { windows } = windowInference(closed, { engine, errorRate })
        const isMissed = windows.some(
          ({ delta: { low, high } }) =>
            low !== null && high !== null && (low > truth || high < truth),
        )
        if (isMissed) missed[engine]++
      }
    }
    const most = 60 * (errorRate + 3 * Math.sqrt((errorRate * (1 - errorRate)) / 60))
    expect(missed.betting).toBeLessThanOrEqual(most)
    expect(missed.fixedUserT).toBeLessThanOrEqual(most)
  })

  it('has no window where nobody left, and no interval where nobody voted', () => {
    expect(windowInference([], plan).windows).toEqual([])
    const [only] = windowInference([user(Number.NaN, 0)], plan).windows
    expect(only!.delta).toMatchObject({ value: null, low: null, high: null, n: 0 })
  })
})

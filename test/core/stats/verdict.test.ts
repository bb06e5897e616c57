import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { usersStillNeeded } from '#core/stats/usersStillNeeded'
import { verdict, type VerdictInput } from '#core/stats/verdict'

const clear: VerdictInput = {
  blocking: [],
  configChanged: false,
  users: 500,
  delta: 0.045,
  interval: { low: 0.01, high: 0.08 },
  equivalence: 0.005,
  horizon: null,
}

describe('verdict', () => {
  it('names the numbers it stands on', () => {
    expect(verdict(clear)).toEqual({
      state: 'aBetter',
      delta: 0.045,
      low: 0.01,
      high: 0.08,
      users: 500,
      reason: null,
      usersStillNeeded: null,
      differenceExists: true,
    })
  })

  it('is invalid before anything else, and says why', () => {
    const blocked = { ...clear, blocking: ['positionTeam', 'duplicates'], configChanged: true }
    expect(verdict(blocked)).toMatchObject({ state: 'invalid', reason: 'positionTeam' })
    expect(verdict({ ...clear, configChanged: true })).toMatchObject({
      state: 'invalid',
      reason: 'configChanged',
    })
    expect(verdict({ ...blocked, users: 0, interval: null }).state).toBe('invalid')
  })

  it.each([
    { users: 0, reason: 'noVotes' },
    { users: 1, reason: 'fewerThanTwoUsers' },
    { users: 9, reason: 'noVariance' },
  ])('is insufficient with $users users and no interval', ({ users, reason }) => {
    const result = verdict({ ...clear, users, interval: null })
    expect(result).toMatchObject({ state: 'insufficient', reason })
  })

  it('needs two users even where the engine has an interval', () => {
    expect(verdict({ ...clear, users: 1 }).state).toBe('insufficient')
  })

  it.each([
    { low: 0, high: 0.04, state: 'undecided' },
    { low: -0.04, high: 0, state: 'undecided' },
    { low: -0.005, high: 0.005, state: 'practicallyEqual' },
    { low: -0.0050001, high: 0.005, state: 'undecided' },
    { low: 0.001, high: 0.004, state: 'practicallyEqual' },
    { low: 0.001, high: 0.0051, state: 'aBetter' },
    { low: -0.1, high: -1e-9, state: 'bBetter' },
  ])('[$low, $high] is $state', ({ low, high, state }) => {
    expect(verdict({ ...clear, interval: { low, high } }).state).toBe(state)
  })

  it('says that a difference exists inside the region', () => {
    const inside = verdict({ ...clear, interval: { low: 0.001, high: 0.004 } })
    expect(inside).toMatchObject({ state: 'practicallyEqual', differenceExists: true })
    const around = verdict({ ...clear, interval: { low: -0.001, high: 0.004 } })
    expect(around).toMatchObject({ state: 'practicallyEqual', differenceExists: false })
  })

  it('never calls two rankers equal without a region', () => {
    const point = { ...clear, equivalence: 0, interval: { low: 0, high: 0 } }
    expect(verdict(point).state).toBe('undecided')
  })

  it('changes sides when A and B do', () => {
    const end = fc.double({ min: -0.5, max: 0.5, noNaN: true })
    const swapped = { aBetter: 'bBetter', bBetter: 'aBetter' } as const
    fc.assert(
      fc.property(end, end, (x, y) => {
        const interval = { low: Math.min(x, y), high: Math.max(x, y) }
        const delta = (x + y) / 2
        const one = verdict({ ...clear, delta, interval })
        const mirrored = { low: -interval.high, high: -interval.low }
        const other = verdict({ ...clear, delta: -delta, interval: mirrored })
        const expected =
          one.state === 'aBetter' || one.state === 'bBetter' ? swapped[one.state] : one.state
        expect(other.state).toBe(expected)
        expect(other.usersStillNeeded).toBe(one.usersStillNeeded)
      }),
    )
  })
})

describe('usersStillNeeded', () => {
  const open = { users: 200, delta: 0.03, interval: { low: -0.03, high: 0.09 }, equivalence: 0.01 }

  it('forecasts by the narrowing of a confidence sequence', () => {
    const more = usersStillNeeded({ ...open, horizon: null })!
    // the half-width .06 has to halve: √(ln n / n) at n = 200 + more is half of that at 200
    const width = (n: number) => Math.sqrt(Math.log(n) / n)
    expect(width(200 + more) / width(200)).toBeLessThanOrEqual(0.5)
    expect(width(199 + more) / width(200)).toBeGreaterThan(0.5)
  })

  it('falls with a larger effect and is at least 1', () => {
    const at = (delta: number) => usersStillNeeded({ ...open, delta, horizon: null })!
    expect(at(0.05)).toBeLessThan(at(0.03))
    expect(at(0.2)).toBe(1)
  })

  it('counts a way out through the equivalence region', () => {
    const none = usersStillNeeded({ ...open, delta: 0, equivalence: 0, horizon: null })
    const some = usersStillNeeded({ ...open, delta: 0, equivalence: 0.03, horizon: null })
    expect(none).toBeNull()
    expect(some).toBeGreaterThan(0)
  })

  it('says null instead of guessing', () => {
    expect(usersStillNeeded({ ...open, users: 5, horizon: null })).toBeNull()
    expect(usersStillNeeded({ ...open, delta: null, horizon: null })).toBeNull()
    expect(usersStillNeeded({ ...open, delta: 1e-4, equivalence: 0, horizon: null })).toBeNull()
    const trivial = { low: -0.5, high: 0.5 }
    expect(usersStillNeeded({ ...open, interval: trivial, horizon: null })).toBeNull()
  })

  it('counts down to a fixed horizon', () => {
    expect(usersStillNeeded({ ...open, horizon: 500 })).toBe(300)
    expect(usersStillNeeded({ ...open, horizon: 200 })).toBeNull()
  })
})

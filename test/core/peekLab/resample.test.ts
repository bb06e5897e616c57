import { describe, expect, it } from 'vitest'
import { streams } from '#core/random/philox'
import { noColumns, votesByUser, withChunk } from '#core/peekLab/pilotVotes'
import { largestEffect, resample, shiftTo, type ClosedUser } from '#core/peekLab/resample'
import { clusteredPopulation, preferring, softPopulation } from '#core/stats/calibration'
import { fakeBatch } from '../../support/fakeRun.ts'
import { pilotOf } from './pilot.ts'

const lopsided = pilotOf({ ...preferring(0.2), users: 200 })
const soft = pilotOf({
  ...softPopulation,
  users: 200,
  activity: { kind: 'uniform', from: 1, to: 9 },
})

const drawn = (pilot: typeof lopsided, delta: number, repetitions: number) => {
  const stream = streams(5)
  const shift = shiftTo(pilot, delta)
  return Array.from({ length: repetitions }, (_, r) =>
    resample(pilot, shift, { users: stream('users', r), shift: stream('shift', r) }),
  )
}

const scoresOf = (repetitions: readonly (readonly ClosedUser[])[]) =>
  repetitions.flatMap((users) => users.map(({ score }) => score)).filter((x) => !Number.isNaN(x))

/** Mean of the scores less ½, and its standard error. */
function deltaOf(repetitions: readonly (readonly ClosedUser[])[]) {
  const scores = scoresOf(repetitions)
  const mean = scores.reduce((sum, x) => sum + x, 0) / scores.length
  const variance = scores.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (scores.length - 1)
  return { delta: mean - 0.5, error: Math.sqrt(variance / scores.length) }
}

describe('the votes of a pilot', () => {
  it('are those of its impressions, by user, without the no-votes', () => {
    let columns = noColumns
    const batches = [fakeBatch(1, 0), fakeBatch(1, 1)]
    for (const { chunk } of batches) columns = withChunk(columns, chunk)
    const pilot = votesByUser(columns, 'vote')
    const impressions = batches.flatMap(({ chunk }) =>
      Array.from(chunk.user, (user, i) => ({ user, vote: chunk.vote[i]! })),
    )
    const order = [...new Set(impressions.map(({ user }) => user))]
    expect(pilot.users).toBe(order.length)
    expect(pilot.impressions).toBe(20)
    order.forEach((user, u) => {
      const own = impressions.filter((one) => one.user === user && !Number.isNaN(one.vote))
      const found = [...pilot.votes.subarray(pilot.start[u], pilot.start[u + 1])]
      expect(found).toEqual(own.map(({ vote }) => vote))
    })
  })
})

describe('a repetition', () => {
  it('has no preference as A/A, whatever the pilot preferred', () => {
    const { delta, error } = deltaOf(drawn(lopsided, 0.05, 100).map(({ aa }) => aa))
    expect(Math.abs(delta)).toBeLessThan(4 * error)
    expect(error).toBeLessThan(0.005)
  })

  it.each([
    ['votes of 0 and 1', lopsided, 0.05],
    ['votes of 0 and 1, for B', lopsided, -0.1],
    ['soft votes and ties', soft, 0.03],
  ])('has exactly the chosen preference as A/B, with %s', (_, pilot, wanted) => {
    expect(shiftTo(pilot, wanted).achieved).toBeCloseTo(wanted, 12)
    const { delta, error } = deltaOf(drawn(pilot, wanted, 150).map(({ ab }) => ab))
    expect(Math.abs(delta - wanted)).toBeLessThan(4 * error)
    expect(error).toBeLessThan(Math.abs(wanted) / 10)
  })

  it('says how much is possible when more is asked for', () => {
    const largest = largestEffect(soft)
    expect(largest).toBeLessThan(0.25)
    expect(shiftTo(soft, 0.4)).toEqual({ probability: 1, towards: 'a', achieved: largest })
    const { delta, error } = deltaOf(drawn(soft, -0.4, 60).map(({ ab }) => ab))
    expect(Math.abs(delta + largest)).toBeLessThan(4 * error)
  })

  it('keeps ties, no-votes and the number of users', () => {
    const [{ aa, ab } = { aa: [], ab: [] }] = drawn(soft, 0.1, 1)
    expect(aa).toHaveLength(200)
    expect(ab.map(({ ties }) => ties)).toEqual(aa.map(({ ties }) => ties))
    const votes = (user: ClosedUser) => user.wins + user.losses + user.ties
    expect(ab.map(votes)).toEqual(aa.map(votes))
    const silent = aa.filter((user) => votes(user) === 0)
    expect(silent.length).toBeGreaterThan(0)
    for (const { score } of silent) expect(score).toBeNaN()
  })

  it('takes scores without a bound as votes, the largest at an end', () => {
    const columns = { user: Int32Array.of(0, 0, 1), vote: Float64Array.of(-4, 2, NaN) }
    expect(votesByUser(columns, 'score')).toMatchObject({
      scale: 4,
      votes: Float64Array.of(0, 0.75),
    })
  })

  it('moves nothing for Δ = 0, and nothing when all votes are ties', () => {
    const [{ aa, ab } = { aa: [], ab: [] }] = drawn(lopsided, 0, 1)
    expect(ab).toEqual(aa)
    const columns = { user: Int32Array.of(0, 1), vote: Float64Array.of(0.5, 0.5) }
    const ties = votesByUser(columns, 'vote')
    expect(shiftTo(ties, 0.1)).toEqual({ probability: 0, towards: 'a', achieved: 0 })
  })

  it('keeps the users of the pilot apart: their own votes stay together', () => {
    const extremes = pilotOf({
      ...clusteredPopulation,
      users: 100,
      taste: { kind: 'beta', a: 0.02, b: 0.02 },
      activity: { kind: 'uniform', from: 9, to: 9 },
    })
    const [{ aa } = { aa: [] }] = drawn(extremes, 0.1, 1)
    const undecided = aa.filter(({ wins, losses }) => wins > 0 && losses > 0)
    expect(undecided.length).toBeLessThan(15)
  })
})

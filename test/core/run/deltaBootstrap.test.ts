import { expect, it } from 'vitest'
import { deltaBootstrap } from '#core/run/deltaBootstrap'
import type { ClosedUser } from '#core/run/userSubset'

const user = (vote: number): ClosedUser => ({ vote, sign: (Math.sign(vote - 0.5) + 1) / 2 })
const plan = { errorRate: 0.05 }

it('draws the same picture again, of the users with a vote alone', () => {
  const votes = Array.from({ length: 300 }, (_, i) => [1, 0.6, Number.NaN, 0.5, 0.2][i % 5]!)
  const found = deltaBootstrap(votes.map(user), plan)!
  expect(found).toEqual(deltaBootstrap(votes.map(user), plan))
  expect(found.n).toBe(240)
  expect(found.estimate).toBeCloseTo(0.075, 12)
  expect(found.bins.reduce((sum, { n }) => sum + n, 0)).toBe(found.replicates)
  // half width of a normal interval: 1.96 s / √n, s = .2861 of the four votes
  const half = (1.96 * Math.sqrt(0.081875)) / Math.sqrt(240)
  const { low, high } = found.bca!
  expect(Math.abs(low - (0.075 - half))).toBeLessThan(0.1 * half)
  expect(Math.abs(high - (0.075 + half))).toBeLessThan(0.1 * half)
})

it('says nothing of fewer than two users, and draws one bar where nothing varies', () => {
  expect(deltaBootstrap([user(1)], plan)).toBeNull()
  const same = deltaBootstrap([user(0.8), user(0.8), user(0.8)], plan)!
  expect(same.bins).toHaveLength(1)
  expect(same.bca).toBeNull()
})

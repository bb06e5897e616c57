import { describe, expect, it } from 'vitest'
import { evaluateEpisodes } from '#core/episode/evaluateEpisodes'
import { itemToItem } from '#core/episode/itemToItem'
import {
  fixedOrder,
  greedySvd,
  interactionCounts,
  randomPolicy,
  ratingOracle,
  rewardSums,
} from '#core/episode/ratingBaselines'
import { ratingEpisodes } from '#core/episode/ratingEpisodes'
import { pickRows, ratingMatrix, type RewardScale } from '#core/episode/ratingMatrix'
import { RidgeBelief, ridgePrior } from '#core/episode/ridgeBelief'
import { spdInverse } from '#core/episode/spdInverse'
import { tablePolicy } from '#core/episode/tablePolicy'
import { exactValue, greedyAcceptance, valueIteration } from '#core/episode/valueIteration'
import type { RatingsTable } from '#core/dataset/ratingsTable'
import { streams } from '#core/random/philox'
import { smallWorld } from '../largeAction/smallWorld.ts'

const rng = () => streams(3)('worlds', 0)

/** User 0 rated items 0 to 4 with 5, 4, 3, 1, 2; item 5 is unrated. */
const table = (ratings: readonly number[]): RatingsTable => ({
  users: 2,
  items: 6,
  user: Int32Array.from(ratings, () => 0),
  item: Int32Array.from(ratings, (_, j) => j),
  rating: Float32Array.from(ratings),
  time: null,
  userIds: [],
  itemIds: [],
  minRating: 1,
  maxRating: 5,
})
const scale: RewardScale = { min: 1, max: 5, relevantFrom: 3.5, neutral: 'asUnrated' }

function answers(neutral: RewardScale['neutral'], alpha: number, items: readonly number[]) {
  const matrix = ratingMatrix(table([5, 4, 3, 1, 2]), { ...scale, neutral }, 0.5, 1)
  const world = ratingEpisodes(matrix, { horizon: items.length, alpha, label: 'six' })
  const episodes = world.open(1)
  episodes.begin(Int32Array.of(0))
  const rewards = items.map((item) => {
    episodes.step(Int32Array.of(item), rng())
    return episodes.feedback.reward[0]!
  })
  return { rewards, episodes }
}

describe('world A', () => {
  it('scales ratings to [−1, 1], adds the bonus of the run before, and lets a zero end it', () => {
    const near = (found: number[]) => found.map((x) => Math.round(x * 100) / 100)
    expect(near(answers('asUnrated', 0.1, [0, 1, 2, 3, 4, 5]).rewards)).toEqual([
      1, 0.6, 0.2, -1, -0.6, -0.2,
    ])
    // with the threshold the middle rating is a miss like others
    expect(near(answers('threshold', 0.1, [2, 3, 4, 0]).rewards)).toEqual([0, -1.1, -0.7, 0.7])
  })

  it('refuses to show an item twice, and a scale that does not hold the ratings', () => {
    expect(() => answers('asUnrated', 0, [0, 0])).toThrow('row 0: item 0 may not be chosen')
    expect(() => ratingMatrix(table([6]), scale, 0.5, 1)).toThrow('rating 6 (row 0) lies outside')
    expect(() => ratingMatrix(table([]), scale, 0.5, 1)).toThrow('empty')
  })

  it('describes an episode by nine statistics', () => {
    const { episodes } = answers('asUnrated', 0, [0, 1, 5, 3])
    // negatives, positives, zeros, steps; runs of negative, positive, zero, not-negative, not-positive
    expect([...episodes.features].map((x) => x * 4)).toEqual([1, 2, 1, 4, 1, 0, 0, 0, 2])
    expect(episodes.feedback.longestRun[0]).toBe(2)
    expect(episodes.alive[0]).toBe(0)
  })

  it('ranks random and static below what learns from answers, and that below the oracle', () => {
    const { world, matrix, rewards } = smallWorld({ items: 96, users: 300, horizon: 12, types: 4 })
    const raw = (policy: Parameters<typeof evaluateEpisodes>[1]) =>
      evaluateEpisodes(world, policy, matrix.test, rng(), null).raw
    const random = raw(randomPolicy())
    // P(like) is 0.9 for a quarter of the items, else 0.1; a dislike costs 0.75 on average
    expect(random).toBeCloseTo(0.3 - 0.7 * 0.75, 1)
    const svd = raw(greedySvd(ridgePrior(rewards, 4, rng())))
    for (const fixed of [interactionCounts(rewards), rewardSums(rewards)]) {
      expect(raw(fixedOrder(fixed))).toBeLessThan(svd - 0.2)
    }
    expect(svd).toBeGreaterThan(0.4)
    expect(raw(ratingOracle(matrix))).toBeGreaterThan(svd)
  })

  it('learns nothing from test users', () => {
    const { matrix } = smallWorld({ items: 8, users: 40, horizon: 4 })
    expect(matrix.train.length).toBe(32)
    expect(new Set([...matrix.train, ...matrix.test]).size).toBe(40)
    expect(pickRows(matrix.rewards, matrix.train).rows).toBe(32)
  })
})

describe('the ridge belief', () => {
  it('is the solution of the regression that it stands for', () => {
    const { rewards } = smallWorld({ items: 12, users: 30, horizon: 4 })
    const prior = ridgePrior(rewards, 3, rng())
    const belief = new RidgeBelief(prior, 1)
    belief.begin()
    const shown: [number, number][] = [
      [2, 1],
      [7, -0.5],
      [4, 1],
    ]
    for (const [item, answer] of shown) belief.observe(0, item, answer)
    const a = spdInverse(prior.startInverse, 3)
    const b = prior.startVector.slice()
    for (const [item, answer] of shown) {
      for (let f = 0; f < 3; f++) {
        const w = prior.items[3 * item + f]!
        b[f]! += w * answer
        for (let g = 0; g < 3; g++) a[3 * f + g]! += w * prior.items[3 * item + g]!
      }
    }
    const inverse = spdInverse(a, 3)
    for (let f = 0; f < 3; f++) {
      const theta = [0, 1, 2].reduce((sum, g) => sum + inverse[3 * f + g]! * b[g]!, 0)
      expect(belief.theta[f]).toBeCloseTo(theta, 9)
    }
  })
})

describe('world B', () => {
  const shape = { items: 60, width: 8, roughness: 0.3, horizon: 40, worldSeed: 1 }
  const { world, hidden } = itemToItem(shape)
  const relevant = null

  it('accepts a random item as often as the mean of W says, at the first step', () => {
    const oneStep = itemToItem({ ...shape, horizon: 1 })
    const starts = Int32Array.from({ length: 6000 }, (_, i) => i % 60)
    const found = evaluateEpisodes(oneStep.world, randomPolicy(), starts, rng(), relevant).precision
    const mean = hidden.accept.reduce((a, b) => a + b, 0) / (60 * 59)
    expect(Math.abs(found - mean)).toBeLessThan(3 * Math.sqrt((mean * (1 - mean)) / 6000))
  })

  it('plays as the exact figures say', () => {
    const { greedy } = greedyAcceptance(hidden, 60)
    const starts = Int32Array.from({ length: 6000 }, (_, i) => i % 60)
    const played = evaluateEpisodes(world, tablePolicy(greedy), starts, rng(), relevant)
    const exact = exactValue(hidden, 60, 40, greedy)
    expect(played.precision).toBeCloseTo(exact.acceptRate, 1)
    expect(Math.abs(played.total - exact.perEpisode)).toBeLessThan(0.25)
  })

  it('has value iteration above greedy acceptance above popularity', () => {
    const { policy, value } = valueIteration(hidden, 60, 0.9)
    const { greedy, popular } = greedyAcceptance(hidden, 60)
    const earned = (table: Int32Array) => exactValue(hidden, 60, 40, table).perEpisode
    expect(earned(policy)).toBeGreaterThan(earned(greedy))
    expect(earned(greedy)).toBeGreaterThan(2 * earned(popular))
    // the values solve Bellman's equation
    const mean = value.reduce((a, b) => a + b, 0) / 60
    const i = 5
    const j = policy[i]!
    const w = hidden.accept[i * 60 + j]!
    expect(value[i]).toBeCloseTo(w * (1 + 0.81 * value[j]!) + (1 - w) * 0.72 * mean, 8)
  })
})

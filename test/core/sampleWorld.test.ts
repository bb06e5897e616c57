import { describe, expect, it } from 'vitest'
import { isGenerated } from '#core/environment/isGenerated'
import { ExperimentSpec, type ExperimentSpecInput } from '#core/experimentSpec'
import { sampleWorld, signsOf } from '#core/validity/sampleWorld'

const worlds: readonly ExperimentSpecInput['environment'][] = [
  { kind: 'news', users: 30, days: 2, logDays: 0.2, newsPerHour: 6, targetCtr: 0.1 },
  { kind: 'typedLatent', users: 30, items: 100, ratingsPerUser: 20, factors: 4 },
  { kind: 'lowRank', users: 30, items: 100, ratingsPerUser: 20, factors: 4 },
  { kind: 'sessions', users: 30, products: 40, logUsers: 40 },
]
const specOf = (environment: ExperimentSpecInput['environment']) =>
  ExperimentSpec.parse({ name: 'world', environment, traffic: { listLength: 5, poolSize: 20 } })

describe.each(worlds.map((world) => [world.kind, world] as const))('the world %s', (_, world) => {
  const spec = specOf(world)

  it('shows requests with their best candidates first, the same ones again', () => {
    expect(isGenerated(spec.environment)).toBe(true)
    const { requests, features } = sampleWorld(spec)
    expect(requests).toHaveLength(6)
    for (const { candidates, expectedBest, expectedRandom, seconds } of requests) {
      expect(candidates.length).toBeGreaterThanOrEqual(5)
      expect(new Set(candidates.map(({ item }) => item)).size).toBe(candidates.length)
      const chances = candidates.map(({ attraction }) => attraction)
      expect(chances).toEqual(chances.toSorted((a, b) => b - a))
      expect(expectedBest).toBeGreaterThanOrEqual(expectedRandom)
      expect(expectedBest).toBeLessThanOrEqual(5 * chances[0]!)
      expect(seconds).toBeGreaterThanOrEqual(0)
      // only news come and go
      const ages = candidates.map(({ ageHours }) => ageHours)
      expect(ages.every((age) => (world.kind === 'news' ? age! >= 0 : age === null))).toBe(true)
    }
    expect(features.length).toBeGreaterThan(0)
    expect(sampleWorld(spec).requests).toEqual(requests)
  })

  it('is tested for its signs', () => {
    const checks = [...signsOf(spec)]
    expect(checks.length).toBeGreaterThan(0)
    for (const { estimate } of checks) expect(estimate.value).not.toBeNaN()
  })
})

import { describe, expect, it } from 'vitest'
import { NewsParams } from '#core/environment/news/newsParams'
import { newsWorld } from '#core/environment/news/newsWorld'
import { streams } from '#core/random/philox'

const small = { kind: 'news', users: 20, days: 1, logDays: 0, targetCtr: 0.1 } as const
const poolSize = 20
const opened = (own: Partial<NewsParams>) => {
  const params = NewsParams.parse({ ...small, ...own })
  const traffic = newsWorld(params).open(
    {
      users: 20,
      impressionsPerUser: 5,
      poolSize,
      listLength: 4,
      stream: streams(1),
      expectedClicks: (length, attractionOf) =>
        Array.from({ length }, (_, slot) => attractionOf(slot)).reduce((sum, p) => sum + p, 0),
    },
    true,
  )
  return { params, traffic }
}
const poolAt = ({ traffic }: ReturnType<typeof opened>, impression: number, seconds: number) => {
  const pool = new Int32Array(poolSize)
  const pairs = new Float32Array(poolSize * traffic.pairWidth)
  const count = traffic.writePool(impression, 0, seconds, pool, 0, pairs, 0)
  return pool.subarray(0, count)
}

describe('candidates of world C', () => {
  it('must exist at all', () => {
    const never = NewsParams.parse({ ...small, newsPerHour: 1e-6 })
    expect(() => newsWorld(never)).toThrow(
      'environment.newsPerHour is 0.000001, at which no item is published in the 1 days of this world',
    )
  })

  it.each([
    ['newest', 60, 0, 0.35],
    ['anyAge', 60, 8, 16],
  ] as const)(
    '%s: %i an hour give candidates of %f to %f hours on average',
    (candidates, perHour, low, high) => {
      const world = opened({ candidates, newsPerHour: perHour })
      let [sum, n, oldest] = [0, 0, 0]
      for (let i = 0; i < 40; i++) {
        const seconds = 40_000 + 500 * i
        const pool = poolAt(world, i, seconds)
        expect(new Set(pool).size).toBe(poolSize)
        for (const item of pool) {
          const age = world.traffic.ageHours!(item, seconds)
          expect(age).toBeGreaterThanOrEqual(0)
          oldest = Math.max(oldest, age)
          sum += age
          n++
        }
      }
      expect(sum / n).toBeGreaterThan(low)
      expect(sum / n).toBeLessThan(high)
      expect(oldest).toBeLessThanOrEqual(world.params.expiryHours)
    },
  )
})

describe('boredom of world C', () => {
  it('is none in a log from before the run, however short it lasts', () => {
    const { traffic } = opened({ logDays: 3, boredomHours: 0.001 })
    const pool = Int32Array.of(0, 1, 2)
    const attraction = new Float64Array(3)
    traffic.writeTruth(0, -2 * 86_400, pool, 0, 3, attraction, null)
    for (const p of attraction) expect(p).toBeGreaterThan(0)
  })
})

describe('bait of world C', () => {
  it('is clicked more, by the lift in logits, and satisfies nobody', () => {
    // all providers attract only, or none does; the offset is fixed, so that levels compare
    const fixed = { targetCtr: 0, offset: 4 }
    const [plain, bait] = [opened(fixed), opened({ ...fixed, baitShare: 1, baitLift: 0.7 })]
    const pool = poolAt(plain, 0, 50_000)
    const truth = (world: typeof plain) => {
      const attraction = new Float64Array(pool.length)
      world.traffic.writeTruth(0, 50_000, pool, 0, pool.length, attraction, null)
      return attraction.map((p) => Math.log(p / (1 - p)))
    }
    const [before, after] = [truth(plain), truth(bait)]
    after.forEach((logit, i) => expect(logit - before[i]!).toBeCloseTo(0.7, 10))
    const satisfaction = (world: typeof plain) => {
      world.traffic.respond(0, 50_000, pool.slice(0, 4), Uint8Array.of(1, 1, 1, 1))
      const { moods } = world.traffic.state() as { moods: { satisfaction: Float64Array } }
      return moods.satisfaction[0]
    }
    expect(satisfaction(plain)).toBeCloseTo(0.1, 12)
    expect(satisfaction(bait)).toBeCloseTo(-0.05, 12)
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { TypedLatentParams } from '#core/environment/params'
import { typedLatent } from '#core/environment/typedLatent'
import { TrafficSpec } from '#core/experimentSpec'
import { streams } from '#core/random/philox'
import { canonicalJson } from '#core/run/digest'
import { schedule } from '#core/run/traffic'
import { UserMemory } from '#core/run/userMemory'
import { chiSquareP } from '../../support/chiSquare.ts'

describe('schedule', () => {
  it('enrols each user once, never more than the concurrent ones, and marks the last request', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 60 }),
        fc.integer({ min: 1, max: 30 }),
        fc.nat(),
        (users, concurrentUsers, seed) => {
          const spec = TrafficSpec.parse({ users, concurrentUsers, impressionsPerUser: 4 })
          const plan = schedule(spec, 50, streams(seed))
          const enrolled = new Set(plan.user)
          expect(enrolled.size).toBe(Math.min(users, 50))
          const lastSeen = new Map<number, number>()
          plan.user.forEach((user, i) => lastSeen.set(user, i))
          const active = new Set<number>()
          plan.user.forEach((user, i) => {
            active.add(user)
            expect(active.size).toBeLessThanOrEqual(concurrentUsers)
            expect(plan.last[i]).toBe(lastSeen.get(user) === i ? 1 : 0)
            if (plan.last[i] === 1) active.delete(user)
            if (i > 0) expect(plan.seconds[i]!).toBeGreaterThan(plan.seconds[i - 1]!)
          })
        },
      ),
      { numRuns: 50 },
    )
  })

  it('has the mean number of impressions that the spec asks for', () => {
    const spec = TrafficSpec.parse({ users: 5000, impressionsPerUser: 20 })
    const { total } = schedule(spec, 5000, streams(1))
    // geometric, sd 19.5: five standard errors of the mean of 5,000 users
    expect(Math.abs(total / 5000 - 20)).toBeLessThan((5 * 19.5) / Math.sqrt(5000))
  })
})

describe('UserMemory', () => {
  const world = typedLatent(
    TypedLatentParams.parse({
      kind: 'typedLatent',
      users: 10,
      items: 30,
      ratingsPerUser: 20,
      factors: 4,
    }),
  )
  const noHistory = { ...world.observed.history, start: new Int32Array(2) }
  const memory = () => new UserMemory(world.observed, world.users, world.items)

  it('draws distinct candidates that are neither rated nor clicked, and says how many', () => {
    fc.assert(
      fc.property(fc.nat(9), fc.integer({ min: 1, max: 30 }), fc.nat(), (user, size, seed) => {
        const own = memory()
        own.observe(user, [3, 4])
        const out = new Int32Array(size + 2).fill(-7)
        const n = own.drawPool(user, size, streams(seed)('p', 0), out, 1)
        const pool = Array.from(out.subarray(1, 1 + size))
        const { start, item } = world.observed.history
        const closed = new Set([3, 4, ...item.subarray(start[user], start[user + 1])])
        expect(n).toBe(Math.min(size, 30 - closed.size))
        expect(new Set(pool.slice(0, n)).size).toBe(n)
        expect(pool.slice(0, n).every((j) => !closed.has(j))).toBe(true)
        expect(pool.slice(n).every((j) => j === -1)).toBe(true)
        expect([out[0], out[size + 1]]).toEqual([-7, -7])
      }),
    )
  })

  it('draws every ordered pair of open items equally often', () => {
    const free = new UserMemory({ ...world.observed, history: noHistory }, 1, 5)
    const seen = new Map<string, number>()
    const pool = new Int32Array(2)
    for (let i = 0; i < 20_000; i++) {
      free.drawPool(0, 2, streams(3)('pool', i), pool, 0)
      seen.set(pool.join(), (seen.get(pool.join()) ?? 0) + 1)
    }
    const law = new Map<string, number>()
    for (let a = 0; a < 5; a++)
      for (let b = 0; b < 5; b++) if (a !== b) law.set(`${a},${b}`, 1 / 20)
    expect(chiSquareP(seen, law)).toBeGreaterThan(1e-3)
  })

  it('comes back from its state with the same state vectors', () => {
    const first = memory()
    for (let i = 0; i < 40; i++) first.observe(i % 7, i % 3 === 0 ? [i % 30] : [])
    const second = memory()
    second.restore(structuredClone(first.state()))
    for (let user = 0; user < 10; user++) {
      const [a, b] = [new Float32Array(first.stateWidth), new Float32Array(first.stateWidth)]
      first.writeState(user, a, 0)
      second.writeState(user, b, 0)
      expect(b).toEqual(a)
    }
  })
})

describe('canonicalJson', () => {
  it('sorts keys, rounds to 12 digits and has no NaN or −0', () => {
    expect(canonicalJson({ b: 0.1 + 0.2, a: [NaN, -0, 'x', null] })).toBe(
      '{"a":[null,0,"x",null],"b":0.3}',
    )
  })
})

import { describe, expect, it } from 'vitest'
import { pickRows } from '#core/episode/ratingMatrix'
import { represent } from '#core/itemSpace/index'
import { RepresentationParams } from '#core/itemSpace/params'
import { representationKey } from '#core/itemSpace/representationKey'
import { streams } from '#core/random/philox'
import { smallWorld } from '../largeAction/smallWorld.ts'

const { rewards, matrix } = smallWorld({ items: 48, users: 200, horizon: 4, types: 2 })

function learnt(params: object) {
  const work = represent(RepresentationParams.parse(params), {
    rewards,
    content: null,
    stream: streams(1),
  })
  for (;;) {
    const step = work.next()
    if (step.done) return step.value
    expect(step.value).toBeGreaterThan(0)
    expect(step.value).toBeLessThanOrEqual(1)
  }
}

describe.each([
  { kind: 'rating', width: 4 },
  { kind: 'factorised', width: 4, epochs: 30 },
  { kind: 'vae', width: 4, hidden: 16, epochs: 60, batch: 16, learningRate: 5e-3 },
])('vectors by $kind', (params) => {
  const { values, items, width } = learnt(params)

  it('put items of one type side by side', () => {
    expect({ items, width }).toEqual({ items: 48, width: 4 })
    const distance = (a: number, b: number) =>
      [0, 1, 2, 3].reduce((sum, f) => sum + (values[4 * a + f]! - values[4 * b + f]!) ** 2, 0)
    // the type of an item shows in who likes it
    const liked = (j: number) => {
      const users: number[] = []
      for (let u = 0; u < rewards.rows; u++) {
        for (let e = rewards.start[u]!; e < rewards.start[u + 1]!; e++) {
          if (rewards.column[e] === j && rewards.value[e]! > 0) users.push(u)
        }
      }
      return new Set(users)
    }
    const sets = Array.from({ length: 48 }, (_, j) => liked(j))
    const alike = (a: number, b: number) =>
      [...sets[a]!].filter((u) => sets[b]!.has(u)).length / Math.min(sets[a]!.size, sets[b]!.size) >
      0.5
    let same = 0
    for (let a = 0; a < 48; a++) {
      const others = [...Array(48).keys()].filter((b) => b !== a)
      const nearest = others.reduce((best, b) => (distance(a, b) < distance(a, best) ? b : best))
      if (alike(a, nearest)) same++
    }
    expect(same).toBeGreaterThan(40)
  })

  it('are the same for the same seed', () => {
    expect(learnt(params).values).toEqual(values)
  })
})

describe('representations', () => {
  it('refuse content that is not there', () => {
    expect(() => learnt({ kind: 'content' })).toThrow('representation.kind is content')
  })

  it('have a key of rewards, parameters and seed', () => {
    const params = RepresentationParams.parse({ kind: 'rating' })
    const key = representationKey(rewards, params, 1)
    expect(key).toMatch(/^[0-9a-f]{64}$/)
    expect(representationKey(structuredClone(rewards), params, 1)).toBe(key)
    expect(representationKey(rewards, { ...params, width: 8 } as typeof params, 1)).not.toBe(key)
    expect(representationKey(rewards, params, 2)).not.toBe(key)
    // of other users, and on another scale
    const others = pickRows(matrix.rewards, matrix.test)
    expect(representationKey(others, params, 1)).not.toBe(key)
    const value = rewards.value.map((x) => x / 2)
    expect(representationKey({ ...rewards, value }, params, 1)).not.toBe(key)
  })
})

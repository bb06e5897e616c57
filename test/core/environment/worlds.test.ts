import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parseRatings } from '#core/dataset/parseRatings'
import type { RatingsTable } from '#core/dataset/ratingsTable'
import { attraction } from '#core/environment/environment'
import { rightSingularVectors } from '#core/environment/factorise'
import { TypedLatentParams } from '#core/environment/params'
import { ratingWorld } from '#core/environment/ratingWorld'
import { typedLatent } from '#core/environment/typedLatent'
import { streams } from '#core/random/philox'

describe('rightSingularVectors', () => {
  it('finds the factors of a matrix of rank two', () => {
    // x = 5·a·bᵀ + 2·c·dᵀ with orthonormal pairs, written down by hand
    const a = [0.6, 0.8, 0]
    const c = [-0.8, 0.6, 0]
    const b = [0.5, 0.5, 0.5, 0.5]
    const d = [0.5, -0.5, 0.5, -0.5]
    const start = Int32Array.of(0, 4, 8, 12)
    const column = Int32Array.of(0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3)
    const value = Float32Array.from({ length: 12 }, (_, e) => {
      const [u, j] = [Math.floor(e / 4), e % 4]
      return 5 * a[u]! * b[j]! + 2 * c[u]! * d[j]!
    })
    const v = rightSingularVectors(
      { rows: 3, columns: 4, start, column, value },
      2,
      streams(1)('x', 0),
    )
    for (const [f, truth] of [b, d].entries()) {
      const dot = truth.reduce((sum, x, j) => sum + x * v[j * 2 + f]!, 0)
      expect(Math.abs(dot)).toBeCloseTo(1, 5)
    }
  })
})

describe('typedLatent', () => {
  const world = typedLatent(
    TypedLatentParams.parse({ kind: 'typedLatent', users: 400, items: 500, ratingsPerUser: 40 }),
  )

  it('likes own types with .9 and others with .1: a random item is liked with .2 on average', () => {
    const items = Int32Array.from({ length: 500 }, (_, j) => j)
    const grades = new Int8Array(500)
    let liked = 0
    let low = 0
    for (let u = 0; u < 400; u++) {
      world.truth.grades(u, items, 0, 500, grades)
      for (const grade of grades) {
        expect([0, 1, 4]).toContain(grade)
        if (grade === 4) liked++
        if (grade === 0) low++
      }
    }
    // 200,000 pairs of 8 × 8 type cells: closed form .2, up to the luck of the type sizes
    expect(liked / 200_000).toBeCloseTo(0.2, 1)
    expect(low / (200_000 - liked)).toBeCloseTo(0.5, 2)
    const perStep = (liked - 0.75 * (200_000 - liked)) / 200_000
    expect(perStep).toBeCloseTo(-0.4, 1) // simulators.md A1: random or any static list
  })

  it('is the same world again, and another for another seed', () => {
    const params = TypedLatentParams.parse({
      kind: 'typedLatent',
      users: 20,
      items: 50,
      ratingsPerUser: 10,
    })
    expect(typedLatent(params).observed).toEqual({
      ...typedLatent(params).observed,
      history: { ...typedLatent(params).observed.history, leaveOneOut: expect.any(Function) },
    })
    const other = typedLatent({ ...params, worldSeed: 2 })
    expect(other.observed.popularity).not.toEqual(typedLatent(params).observed.popularity)
  })

  it('refuses more ratings than items, naming the field', () => {
    const params = TypedLatentParams.parse({ kind: 'typedLatent', items: 5, ratingsPerUser: 6 })
    expect(() => typedLatent(params)).toThrow('environment.ratingsPerUser 6 exceeds the 5 items')
  })
})

const table = (rows: readonly (readonly [number, number, number, number])[]): RatingsTable => ({
  users: 2,
  items: 4,
  user: Int32Array.from(rows, (r) => r[0]),
  item: Int32Array.from(rows, (r) => r[1]),
  rating: Float32Array.from(rows, (r) => r[2]),
  time: Float64Array.from(rows, (r) => r[3]),
  userIds: ['a', 'b'],
  itemIds: ['w', 'x', 'y', 'z'],
  minRating: 1,
  maxRating: 5,
})

const params = {
  attractionByGrade: [0.1, 0.2, 0.3, 0.4, 0.5],
  unratedAttraction: 0.05,
  historyShare: 0.5,
  factors: 2,
  missing: 'negative',
} as const

describe('ratingWorld', () => {
  const world = ratingWorld(
    table([
      [0, 3, 5, 40],
      [0, 0, 1, 10],
      [0, 2, 4, 30],
      [0, 1, 2, 20],
      [1, 1, 3, 5],
      [1, 2, 5, 9],
    ]),
    params,
    0,
  )

  it('shows the earliest ratings and hides the later ones', () => {
    const { history } = world.observed
    expect(Array.from(history.start)).toEqual([0, 2, 3])
    expect(Array.from(history.item)).toEqual([0, 1, 1])
    expect(Array.from(history.value)).toEqual([0.1, 0.2, 0.3].map(Math.fround))
    const grades = new Int8Array(4)
    world.truth.grades(0, Int32Array.of(0, 1, 2, 3), 0, 4, grades)
    expect(Array.from(grades)).toEqual([-1, -1, 3, 4])
    world.truth.grades(1, Int32Array.of(0, 1, 2, 3), 0, 4, grades)
    expect(Array.from(grades)).toEqual([-1, -1, 4, -1])
    expect(attraction(world.truth, -1)).toBe(0.05)
    expect(attraction(world.truth, 4)).toBe(0.5)
    expect(Array.from(world.observed.popularity)).toEqual([1, 2, 0, 0])
  })

  it('leaves a rating out of the user features as if it had never been given', () => {
    const without = ratingWorld(
      table([
        [0, 0, 1, 10],
        [0, 2, 4, 30],
        [1, 1, 3, 5],
        [1, 2, 5, 9],
      ]),
      { ...params, historyShare: 0.5 },
      0,
    )
    expect(without.observed.history.start[1]).toBe(1) // one visible rating is left
    const { history, userWidth, rank } = world.observed
    const features = new Float32Array(userWidth)
    // the two visible ratings of user a leave each other: each alone gives a different direction
    history.leaveOneOut(0, 0, features)
    const first = features.slice(0, rank)
    history.leaveOneOut(0, 1, features)
    expect(Array.from(features.slice(0, rank))).not.toEqual(Array.from(first))
    history.leaveOneOut(1, 2, features) // the only one of user b: nothing is left
    for (const x of features.slice(0, rank)) expect(x).toBeCloseTo(0, 6)
  })

  it('needs a rating', () => {
    expect(() => ratingWorld(table([]), params, 0)).toThrow('the ratings table is empty')
  })
})

const movielens = new URL('../../../../shared/data/ml-100k/u.data', import.meta.url)

describe.skipIf(!existsSync(movielens))(
  'MovieLens 100K (skipped where ../shared/data is absent)',
  () => {
    it('splits every user’s ratings in time', () => {
      const parser = parseRatings()
      parser.push(readFileSync(movielens))
      const world = ratingWorld(parser.finish().table, { ...params, factors: 4 }, 0)
      expect([world.users, world.items]).toEqual([943, 1682])
      const visible = world.observed.history.item.length
      expect(visible).toBeGreaterThan(49_000)
      expect(visible).toBeLessThan(51_000)
    })
  },
)

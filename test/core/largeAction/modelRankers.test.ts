import { describe, expect, it } from 'vitest'
import { tfOps } from '#core/compute/tfOps'
import type { History, RatedObserved } from '#core/environment/environment'
import { modelRankers } from '#core/largeAction/modelRankers'
import { training } from '#core/largeAction/training'
import type { SavedModel } from '#core/model/savedModel'
import { repeatedDecisions } from '#core/largeAction/wolpertinger/wolpertingerRanker'
import type { RankRequests } from '#core/ranker/ranker'

const items = 40
const world = { kind: 'typedLatent', users: 60, items, types: 2, horizon: 8 }
const specs = {
  tpgr: { kind: 'tpgr', world, agent: { updates: 30, episodesPerUpdate: 64, learningRate: 0.03 } },
  wolpertinger: {
    kind: 'wolpertinger',
    world,
    representation: { kind: 'rating', width: 4 },
    agent: {
      steps: 40,
      environments: 16,
      hidden: 16,
      batch: 32,
      k: { unit: 'share', share: 0.2 },
    },
    evaluateEvery: 40,
  },
  fcpo: {
    kind: 'fcpo',
    world,
    agent: { updates: 2, users: 10, steps: 2, listLength: 2, width: 4, hidden: 4 },
  },
} as const

async function trained(kind: keyof typeof specs): Promise<SavedModel> {
  const spec = training.spec.parse(specs[kind])
  const data = { ratings: null }
  const input = { spec, seed: 1, ops: tfOps, backend: 'none', data, checkpoint: null }
  for await (const step of training.run(input)) {
    if (step.type === 'finished') return step.models![0]!
  }
  throw new Error('the training did not finish')
}

/** Two users: one liked items 0 to 3 and disliked 4 to 6, the other the reverse. */
const history: History = {
  start: Int32Array.of(0, 7, 14),
  item: Int32Array.of(0, 1, 2, 3, 4, 5, 6, 0, 1, 2, 3, 4, 5, 6),
  value: Float32Array.of(1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1),
  unseenValue: null,
  leaveOneOut: () => undefined,
}
const observed = {
  history,
  itemFeatures: new Float32Array(items),
  itemWidth: 1,
} as unknown as RatedObserved

const requests = (users: readonly number[]): RankRequests => ({
  first: 0,
  rows: users.length,
  users: Int32Array.from(users),
  states: null as unknown as RankRequests['states'],
  pools: Int32Array.from(users.flatMap(() => Array.from({ length: 33 }, (_, i) => 7 + i))),
  poolSize: 33,
})

describe.each(Object.keys(specs) as (keyof typeof specs)[])(
  'a %s model in a duel',
  async (kind) => {
    const model = await trained(kind)
    const scores = (users: readonly number[]) => {
      const out = new Float32Array(users.length * 33)
      modelRankers[kind](model, observed).score(requests(users), out)
      return out
    }

    it('scores every candidate for whom it is, in whatever order users come', () => {
      const found = scores([0, 1, 0])
      expect(found.every(Number.isFinite)).toBe(true)
      expect(found.subarray(66)).toEqual(found.subarray(0, 33))
      expect(found.subarray(33, 66)).not.toEqual(found.subarray(0, 33))
      expect(scores([1])).toEqual(found.slice(33, 66))
    })

    it('refuses a world with other items', () => {
      const other = { ...observed, itemFeatures: new Float32Array(7) }
      expect(() => modelRankers[kind](model, other)).toThrow('knows 40 items, the world has 7')
    })
  },
)

describe('the list of Wolpertinger', () => {
  const pool = Int32Array.of(9, 4, 7, 2)
  const value = Float32Array.of(1, 2, 3, 4)
  const distance = Float64Array.of(0.1, 0.2, 0.3, 0.4)

  it('goes by distance for k = 1, by Q for k = all, and by the nearest k in between', () => {
    expect(repeatedDecisions(pool, value, distance, 1)).toEqual([0, 1, 2, 3])
    expect(repeatedDecisions(pool, value, distance, 4)).toEqual([3, 2, 1, 0])
    expect(repeatedDecisions(pool, value, distance, 2)).toEqual([1, 2, 3, 0])
  })

  it('puts what may not be shown behind, and ties by item', () => {
    const blocked = Float32Array.of(1, -Infinity, 3, 3)
    const far = Float64Array.of(0.1, Infinity, 0.3, 0.3)
    expect(repeatedDecisions(pool, blocked, far, 3)).toEqual([3, 2, 0, 1])
  })
})

import { describe, expect, it } from 'vitest'
import { Arena } from '#core/compute/arena'
import { tfOps } from '#core/compute/tfOps'
import type { ItemVectors } from '#core/itemSpace/itemVectors'
import { WolpertingerAgent, type Transitions } from '#core/largeAction/wolpertinger/agent'
import { expectedMaximum } from '#core/largeAction/wolpertinger/expectedMaximum'
import { clusteredIndex, exactIndex, indexedItems } from '#core/largeAction/wolpertinger/itemIndex'
import { neighbourCount, WolpertingerParams } from '#core/largeAction/wolpertinger/params'
import { loadWolpertinger } from '#core/largeAction/wolpertinger/wolpertingerModel'
import { training } from '#core/largeAction/training'
import type { TrainReport } from '#core/largeAction/trainReport'
import { SavedModel } from '#core/model/savedModel'
import { normal } from '#core/random/distributions'
import { streams } from '#core/random/philox'
import type { StudyStep } from '#core/study/study'

const items = 60
const width = 4
const rng = (i = 0) => streams(8)('wolpertinger', i)
const draw = (n: number, i: number) => {
  const source = rng(i)
  return Float32Array.from({ length: n }, () => normal(source))
}
const vectors: ItemVectors = { items, width, values: draw(items * width, 1) }
const nothing = (rows: number) => ({
  items: new Int32Array(rows),
  count: new Int32Array(rows),
  width: 1,
})

function nearestByHand(query: Float32Array, refused: readonly number[]): number[] {
  const gap = (j: number) =>
    [0, 1, 2, 3].reduce((sum, f) => sum + (query[f]! - vectors.values[j * width + f]!) ** 2, 0)
  const open = [...Array(items).keys()].filter((j) => !refused.includes(j))
  return open.sort((a, b) => gap(a) - gap(b) || a - b)
}

describe('an item index', () => {
  const arena = new Arena(100_000)
  const indexed = indexedItems(arena, vectors)
  const queries = arena.block(5 * width)
  queries.values.set(draw(5 * width, 2))
  const query = (row: number) => queries.values.subarray(row * width, (row + 1) * width)

  it.each([1, 2, 7, 60])(
    'finds the %i nearest, the nearest first, and leaves out what is blocked',
    (k) => {
      const out = new Int32Array(5 * k)
      const blocked = {
        items: Int32Array.from({ length: 5 }, (_, r) => nearestByHand(query(r), [])[0]!),
        count: new Int32Array(5).fill(1),
        width: 1,
      }
      exactIndex(arena, indexed, 5).nearest(queries.at, 5, k, blocked, out)
      for (let row = 0; row < 5; row++) {
        const wanted = nearestByHand(query(row), [blocked.items[row]!])
        const found = [...out.subarray(row * k, (row + 1) * k)]
        expect(found).toEqual(Array.from({ length: k }, (_, i) => wanted[i] ?? -1))
      }
    },
  )

  it('by clusters finds most of them, and all when it looks everywhere', () => {
    const out = new Int32Array(5 * 6)
    clusteredIndex(indexed, arena, 100).nearest(queries.at, 5, 6, nothing(5), out)
    for (let row = 0; row < 5; row++) {
      expect([...out.subarray(row * 6, row * 6 + 6)]).toEqual(
        nearestByHand(query(row), []).slice(0, 6),
      )
    }
    clusteredIndex(indexed, arena, 3).nearest(queries.at, 5, 6, nothing(5), out)
    let recalled = 0
    for (let row = 0; row < 5; row++) {
      const wanted = nearestByHand(query(row), []).slice(0, 6)
      recalled += [...out.subarray(row * 6, row * 6 + 6)].filter((j) => wanted.includes(j)).length
    }
    expect(recalled / 30).toBeGreaterThan(0.6)
  })
})

const params = (fields: object) => WolpertingerParams.parse({ hidden: 16, batch: 8, ...fields })
const states = draw(8 * 3, 3)

describe('the policy', () => {
  it('with k of all items is the full argmax of the critic', () => {
    const agent = new WolpertingerAgent(
      vectors,
      3,
      8,
      params({ k: { unit: 'share', share: 1 } }),
      streams(1),
    )
    const { items: chosen } = agent.decide(states, 8, nothing(8))
    for (let row = 0; row < 8; row++) {
      const state = states.subarray(row * 3, row * 3 + 3)
      const q = Array.from(
        { length: items },
        (_, j) => agent.values(state, Int32Array.of(j), 1)[0]!,
      )
      expect(chosen[row]).toBe(q.indexOf(Math.max(...q)))
    }
  })

  it('takes k as a count or a share', () => {
    expect(neighbourCount(params({ k: { unit: 'count', count: 7 } }), 500)).toBe(7)
    expect(neighbourCount(params({ k: { unit: 'share', share: 0.01 } }), 500)).toBe(5)
    expect(neighbourCount(params({ k: { unit: 'share', share: 0.001 } }), 500)).toBe(1)
    expect(neighbourCount(params({ k: { unit: 'count', count: 700 } }), 500)).toBe(500)
  })
})

describe('the target', () => {
  const agent = new WolpertingerAgent(
    vectors,
    3,
    8,
    params({ k: { unit: 'count', count: 5 } }),
    streams(1),
  )
  const batch: Transitions = {
    rows: 8,
    states,
    items: Int32Array.from({ length: 8 }, (_, i) => i),
    rewards: draw(8, 4),
    nextStates: draw(8 * 3, 5),
    done: Uint8Array.of(1, 0, 0, 1, 0, 0, 0, 0),
    nextBlocked: nothing(8),
  }

  it('looks at the next state alone: garbage in s leaves it unchanged', () => {
    const y = agent.targets(batch)
    expect(agent.targets({ ...batch, states: draw(8 * 3, 6) })).toEqual(y)
    expect(agent.targets({ ...batch, nextStates: draw(8 * 3, 7) })).not.toEqual(y)
  })

  it('is the value of the whole target policy, and stops at the end of an episode', () => {
    const y = agent.targets(batch)
    const next = agent.decide(batch.nextStates, 8, batch.nextBlocked, 'target').values
    batch.rewards.forEach((reward, row) => {
      expect(y[row]).toBeCloseTo(batch.done[row] ? reward : reward + 0.9 * next[row]!, 6)
    })
  })

  it('follows the online networks slowly', () => {
    const before = agent.state()
    agent.update(batch)
    const { actor, actorTarget } = agent.state()
    actorTarget.weights.forEach((w, i) => {
      const from = before.actorTarget.weights[i]!
      expect(w).toBeCloseTo(from + 0.01 * (actor.weights[i]! - from), 6)
    })
  })
})

describe('the actor', () => {
  it.each(['normalise', 'nnLoss', 'none'] as const)(
    'climbs to the best action, cure %s',
    (cure) => {
      // one state; the reward of an item is its first coordinate: the critic's gradient points there
      const unit: ItemVectors = { items: 40, width: 2, values: new Float32Array(80) }
      for (let j = 0; j < 40; j++) {
        unit.values.set([Math.cos((2 * Math.PI * j) / 40), Math.sin((2 * Math.PI * j) / 40)], 2 * j)
      }
      const agent = new WolpertingerAgent(
        unit,
        1,
        40,
        params({
          cure,
          gamma: 0,
          k: { unit: 'count', count: 1 },
          actorRate: 5e-3,
          criticRate: 1e-2,
        }),
        streams(2),
      )
      const batch: Transitions = {
        rows: 40,
        states: new Float32Array(40).fill(1),
        items: Int32Array.from({ length: 40 }, (_, j) => j),
        rewards: Float32Array.from({ length: 40 }, (_, j) => unit.values[2 * j]!),
        nextStates: new Float32Array(40).fill(1),
        done: new Uint8Array(40).fill(1),
        nextBlocked: nothing(40),
      }
      for (let i = 0; i < 300; i++) agent.update(batch)
      const { items: chosen, gaps } = agent.decide(Float32Array.of(1), 1, nothing(1))
      expect(unit.values[2 * chosen[0]!]).toBeGreaterThan(0.9)
      if (cure === 'normalise') expect(gaps[0]).toBeLessThan(0.1)
    },
  )
})

describe('the closed form of the best of k (7-6)', () => {
  it.each([
    { p: 0.2, b: 1, c: 2, k: 1, value: -0.4 },
    { p: 0.2, b: 1, c: 2, k: 5, value: 0.583 },
    { p: 0.5, b: 1, c: 3, k: 3, value: -0.1875 },
    { p: 0.5, b: 1, c: 3, k: 20, value: 0.8095 },
    { p: 0.9, b: 0.5, c: 4, k: 10, value: -1.3442 },
  ])('agrees with the table and with chance: p $p, k $k', ({ p, b, c, k, value }) => {
    expect(expectedMaximum({ q: 0, p, b, c }, k)).toBeCloseTo(value, 3)
    const source = rng(k)
    let sum = 0
    const draws = 20_000
    for (let i = 0; i < draws; i++) {
      let best = -Infinity
      for (let j = 0; j < k; j++) {
        best = Math.max(best, source.u() < p ? -c : b * (2 * source.u() - 1))
      }
      sum += best / draws
    }
    expect(Math.abs(sum - value)).toBeLessThan(0.06)
  })

  it('refuses what it does not hold for', () => {
    expect(() => expectedMaximum({ q: 0, p: 1, b: 1, c: 2 }, 1)).toThrow('p 1')
    expect(() => expectedMaximum({ q: 0, p: 0.5, b: 3, c: 2 }, 1)).toThrow('b 3')
  })
})

describe('training Wolpertinger', async () => {
  const spec = training.spec.parse({
    kind: 'wolpertinger',
    world: { kind: 'itemToItem', items: 40 },
    agent: { steps: 120, environments: 16, hidden: 16, batch: 32, k: { unit: 'count', count: 4 } },
    evaluateEvery: 40,
  })
  const train = async (checkpoint: unknown = null, until = Infinity) => {
    let last: StudyStep<TrainReport> | null = null
    let kept: unknown = null
    const data = { ratings: null }
    for await (const step of training.run({
      spec,
      seed: 3,
      ops: tfOps,
      backend: 'none',
      data,
      checkpoint,
    })) {
      last = step
      if (step.type !== 'point') continue
      kept = structuredClone(step.checkpoint())
      if (step.done >= until) break
    }
    return { last: last!, kept }
  }
  const whole = await train()
  if (whole.last.type !== 'finished') throw new Error('the training did not finish')
  const { report, models } = whole.last

  it('earns more than a random policy, and shows its gauges', () => {
    const random = report.baselines.find(({ id }) => id === 'random')!
    const end = report.points.at(-1)!
    expect(end.argmax.precision).toBeGreaterThan(1.5 * random.figures.precision)
    expect(end.gauges['shareOfOptimum']).toBeGreaterThan(0.1)
    expect(end.gauges['protoDistance']).toBeGreaterThan(0)
    expect(end.seen).toBe(120 * 16)
  })

  it('goes on from a checkpoint to the same report, bit for bit', async () => {
    const { last } = await train((await train(null, 40)).kept)
    if (last.type !== 'finished') throw new Error('the training did not finish')
    expect(last.report).toEqual(report)
  })

  it('leaves a model that decides as the policy did', () => {
    const { agent } = loadWolpertinger(SavedModel.parse(structuredClone(models![0])), 4)
    const again = loadWolpertinger(models![0]!, 4).agent
    const asked = draw(4 * 8, 9)
    expect(agent.decide(asked, 4, nothing(4))).toEqual(again.decide(asked, 4, nothing(4)))
    expect(() => loadWolpertinger({ ...models![0]!, kind: 'tpgr' }, 4)).toThrow('of kind tpgr')
  })
})

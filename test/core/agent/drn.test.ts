import * as tf from '@tensorflow/tfjs'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { ItemTable } from '#core/agent/itemTable'
import { QNetwork, type AdvantageScorer } from '#core/agent/qNetwork'
import { ReplayBuffer } from '#core/agent/replayBuffer'
import { regressionStep, tdTargets } from '#core/agent/tdUpdate'
import type { ComputeOps } from '#core/compute/ops'
import { streams } from '#core/random/philox'
import { wasmOps } from '../../support/tensors.ts'

let ops: ComputeOps
beforeAll(async () => {
  ops = await wasmOps()
})

const shape = { stateWidth: 5, itemWidth: 4, hidden: 8, head: 'hidden1', dueling: true } as const
const random = (name: string, length: number) => {
  const rng = streams(3)(name, 0)
  return Float32Array.from({ length }, () => 2 * rng.u() - 1)
}

describe.each([
  ['hidden1', true],
  ['hidden2', true],
  ['dot', true],
  ['hidden1', false],
  ['hidden2', false],
  ['dot', false],
] as const)('QNetwork with head %s, dueling %s', (head, dueling) => {
  it('has V where it is dueling, and nothing but the branch that ranks where it is not', () => {
    const network = new QNetwork({ ...shape, head, dueling }, ops, streams(1)('weights', 0))
    const branches = new Set(network.weights.map(({ branch }) => branch))
    expect([...branches].sort()).toEqual(dueling ? ['advantage', 'value'] : ['advantage'])
    const value = tf.tidy(
      () => network.value(tf.tensor2d(random('state', 5), [1, 5])).dataSync()[0],
    )
    if (!dueling) expect(value).toBe(0)
    network.dispose()
  })

  it('ranks by the advantage alone: Q − A is the same for all items of a state', () => {
    const network = new QNetwork({ ...shape, head, dueling }, ops, streams(1)('weights', 0))
    const items = new ItemTable(random('items', 6 * 4), 4)
    const state = random('state', 5)
    const scores = new Float32Array(6)
    const scorer = network.scorer(items)
    scorer.score(state, Int32Array.of(0, 1, 2, 3, 4, 5), 6, scores)
    const q = tf.tidy(() =>
      network.forward(tf.tile(tf.tensor2d(state, [1, 5]), [6, 1]), items.tensor).dataSync(),
    )
    const value = tf.tidy(() => network.value(tf.tensor2d(state, [1, 5])).dataSync()[0]!)
    for (let i = 0; i < 6; i++) expect(q[i]! - scores[i]!).toBeCloseTo(value, 5)
    scorer.dispose()
    network.dispose()
    items.dispose()
  })

  it('works out by hand the gradients that the tape finds', () => {
    const network = new QNetwork({ ...shape, head, dueling }, ops, streams(2)('weights', 0))
    const state = tf.tensor2d(random('s', 7 * 5), [7, 5])
    const item = tf.tensor2d(random('i', 7 * 4), [7, 4])
    const weight = tf.tensor2d(random('dq', 7), [7, 1])
    const { grads, value } = tf.variableGrads(
      () => tf.sum<tf.Scalar>(tf.mul(network.forward(state, item), weight)),
      [...network.variables],
    )
    tf.tidy(() => {
      const pass = network.pass(state, item)
      expect(pass.q.dataSync()).toEqual(network.forward(state, item).dataSync())
      const byHand = pass.gradients(weight)
      expect(byHand).toHaveLength(network.variables.length)
      network.variables.forEach((variable, i) => {
        const byTape = grads[variable.name]!.dataSync()
        expect(byHand[i]!.shape).toEqual(variable.shape)
        byHand[i]!.dataSync().forEach((g, j) => expect(g).toBeCloseTo(byTape[j]!, 5))
      })
    })
    tf.dispose([state, item, weight, value, ...Object.values(grads)])
    network.dispose()
  })

  it('ranks as it scores', () => {
    const network = new QNetwork({ ...shape, head, dueling }, ops, streams(1)('weights', 0))
    const items = new ItemTable(random('items', 30 * 4), 4)
    const states = random('states', 3 * 5)
    const pools = Int32Array.from({ length: 3 * 12 }, (_, i) => (i * 7) % 30)
    const scorer = network.scorer(items)
    const scores = new Float32Array(3 * 12)
    scorer.score(states, pools, 12, scores)
    const [expected, ranked] = [new Int32Array(3 * 4), new Int32Array(3 * 4)]
    ops.topK(scores, 3, 12, 4, expected)
    scorer.rank(states, pools, 12, 4, ranked)
    expect(ranked).toEqual(expected)
    scorer.dispose()
    network.dispose()
    items.dispose()
  })

  it('has gradients that agree with finite differences', () => {
    const network = new QNetwork({ ...shape, head, dueling }, ops, streams(2)('weights', 0))
    const state = tf.tensor2d(random('s', 3 * 5), [3, 5])
    const item = tf.tensor2d(random('i', 3 * 4), [3, 4])
    const loss = () => tf.tidy(() => tf.sum(network.forward(state, item)).dataSync()[0]!)
    const { grads, value } = tf.variableGrads(
      () => tf.sum<tf.Scalar>(network.forward(state, item)),
      [...network.variables],
    )
    value.dispose()
    for (const variable of network.variables) {
      const gradient = grads[variable.name]!.dataSync()
      const weights = Float32Array.from(variable.dataSync())
      const at = (shift: number) => {
        const moved = weights.slice()
        moved[0]! += shift
        tf.tidy(() => variable.assign(tf.tensor(moved, variable.shape)))
        return loss()
      }
      const difference = (at(0.01) - at(-0.01)) / 0.02
      at(0)
      expect(gradient[0]!).toBeCloseTo(difference, 2)
    }
    tf.dispose([state, item, ...Object.values(grads)])
    network.dispose()
  })
})

describe('tdTargets', () => {
  const scorers: AdvantageScorer[] = []
  const frozen = (network: QNetwork, catalogue: ItemTable) => {
    const scorer = network.scorer(catalogue)
    scorers.push(scorer)
    return { network, scorer }
  }
  afterEach(() => {
    for (const scorer of scorers.splice(0)) scorer.dispose()
  })
  const items = () => new ItemTable(random('items', 10 * 4), 4)
  const sample = (state = random('s', 4 * 5)) => ({
    state,
    item: Int32Array.of(0, 1, 2, 3),
    reward: Float32Array.of(1, 0, 0, 1),
    nextState: random('next', 4 * 5),
    nextPool: Int32Array.of(4, 5, 6, 7, 8, 9, 4, 6, 8, 5, 7, 9),
    slot: new Int32Array(4),
    weight: new Float32Array(4).fill(1),
    pairs: new Float32Array(0),
    nextPairs: new Float32Array(0),
  })

  it('are the same for double DQN and DQN when W′ = W', () => {
    const online = new QNetwork(shape, ops, streams(1)('weights', 0))
    const target = new QNetwork(shape, ops, streams(1)('weights', 0))
    const catalogue = items()
    const double = tdTargets(online, frozen(target, catalogue), catalogue, sample(), {
      gamma: 0.4,
      doubleQ: true,
    })
    const single = tdTargets(online, frozen(target, catalogue), catalogue, sample(), {
      gamma: 0.4,
      doubleQ: false,
    })
    expect(double).toEqual(single)
    catalogue.dispose()
    online.dispose()
    target.dispose()
  })

  it('equal r + γ · max Q′(s′, a′), computed pair by pair, and ignore s', () => {
    const online = new QNetwork(shape, ops, streams(1)('weights', 0))
    const target = new QNetwork(shape, ops, streams(9)('weights', 0))
    const catalogue = items()
    const given = sample()
    const y = tdTargets(online, frozen(target, catalogue), catalogue, given, {
      gamma: 0.4,
      doubleQ: false,
    })
    const q = (i: number, item: number) =>
      tf.tidy(() => {
        const state = tf.tensor2d(given.nextState.subarray(i * 5, (i + 1) * 5), [1, 5])
        return target.forward(state, tf.gather(catalogue.tensor, [item])).dataSync()[0]!
      })
    for (let i = 0; i < 4; i++) {
      const pool = Array.from(given.nextPool.subarray(i * 3, (i + 1) * 3))
      const best = Math.max(...pool.map((item) => q(i, item)))
      expect(y[i]!).toBeCloseTo(given.reward[i]! + 0.4 * best, 5)
    }
    const garbage = sample(new Float32Array(20).fill(1e6))
    expect(
      tdTargets(online, frozen(target, catalogue), catalogue, garbage, {
        gamma: 0.4,
        doubleQ: false,
      }),
    ).toEqual(y)
    catalogue.dispose()
    online.dispose()
    target.dispose()
  })

  it('are the rewards alone at γ = 0 and for a user without candidates', () => {
    const online = new QNetwork(shape, ops, streams(1)('weights', 0))
    const catalogue = items()
    const given = sample()
    const zero = tdTargets(online, frozen(online, catalogue), catalogue, given, {
      gamma: 0,
      doubleQ: true,
    })
    expect(zero).toEqual(given.reward)
    const none = { ...given, nextPool: new Int32Array(12).fill(-1) }
    const empty = tdTargets(online, frozen(online, catalogue), catalogue, none, {
      gamma: 0.4,
      doubleQ: true,
    })
    expect(empty).toEqual(given.reward)
    catalogue.dispose()
    online.dispose()
  })
})

describe('tdTargets of short pools', () => {
  it('choose among the candidates that are left, whatever stands behind them', () => {
    const online = new QNetwork(shape, ops, streams(6)('weights', 0))
    const target = new QNetwork(shape, ops, streams(7)('weights', 0))
    const catalogue = new ItemTable(random('items', 10 * 4), 4)
    const scorer = target.scorer(catalogue)
    const given = (nextPool: Int32Array) => ({
      state: new Float32Array(2 * 5),
      item: Int32Array.of(0, 1),
      reward: Float32Array.of(1, 0),
      nextState: random('next', 2 * 5),
      nextPool,
      slot: new Int32Array(2),
      weight: new Float32Array(2).fill(1),
      pairs: new Float32Array(0),
      nextPairs: new Float32Array(0),
    })
    const rule = { gamma: 0.4, doubleQ: true }
    const targets = (...pools: number[]) =>
      tdTargets(online, { network: target, scorer }, catalogue, given(Int32Array.from(pools)), rule)
    const padded = targets(4, 5, -1, -1, 7, 8, 9, -1)
    // a candidate twice is a candidate
    expect(padded).toEqual(targets(4, 5, 5, 4, 7, 8, 9, 7))
    scorer.dispose()
    catalogue.dispose()
    online.dispose()
    target.dispose()
  })
})

describe('regressionStep', () => {
  it('learns a linear reward and keeps the number of tensors over 1,000 updates', () => {
    const network = new QNetwork(shape, ops, streams(4)('weights', 0))
    const optimizer = ops.optimizer('adam', { learningRate: 0.01 }, network.variables)
    const features = random('catalogue', 20 * 4)
    const items = new ItemTable(features, 4)
    const rng = streams(5)('batch', 0)
    const step = () => {
      const state = Float32Array.from({ length: 16 * 5 }, () => 2 * rng.u() - 1)
      const item = Int32Array.from({ length: 16 }, () => rng.int(20))
      const y = Float32Array.from(item, (j, i) => features[j * 4]! + state[i * 5]!)
      return regressionStep(network, optimizer, items, { state, item, y }).loss
    }
    const first = step()
    const tensors = tf.memory().numTensors
    let last = 0
    for (let i = 0; i < 1000; i++) last = step()
    expect(tf.memory().numTensors).toBe(tensors)
    expect(last).toBeLessThan(first / 20)
    optimizer.dispose()
    network.dispose()
    items.dispose()
  })
})

describe('ReplayBuffer', () => {
  const buffer = () =>
    new ReplayBuffer({ capacity: 4, stateWidth: 1, listLength: 2, poolSize: 2, pairWidth: 1 })
  const add = (replay: ReplayBuffer, impression: number, previous: number) =>
    replay.add({
      impression,
      previous,
      user: 0,
      seconds: impression,
      state: Float32Array.of(impression),
      pool: Int32Array.of(50, 10 * impression),
      pairs: Float32Array.of(-1, impression / 2),
      shown: Int32Array.of(10 * impression, -1),
      teams: Int8Array.of(0, -1),
      clicked: Uint8Array.of(1, 0),
      activeness: 0.5,
      last: false,
    })

  it('samples closed impressions only, with the next request of the same user', () => {
    const replay = buffer()
    add(replay, 0, -1)
    add(replay, 1, -1)
    expect(replay.closed).toBe(0)
    expect(() => replay.sample(1, streams(1)('s', 0))).toThrow('no closed impression')
    add(replay, 2, 0)
    const sample = replay.sample(5, streams(1)('s', 0))
    expect(sample.state).toEqual(new Float32Array(5).fill(0))
    expect(sample.nextState).toEqual(new Float32Array(5).fill(2))
    expect(Array.from(sample.item)).toEqual([0, 0, 0, 0, 0])
    expect(Array.from(sample.nextPool.subarray(0, 2))).toEqual([50, 20])
    expect(Array.from(sample.pairs)).toEqual([0, 0, 0, 0, 0])
    expect(Array.from(sample.nextPairs.subarray(0, 2))).toEqual([-1, 1])
  })

  it('forgets the oldest and comes back from its state', () => {
    const replay = buffer()
    for (let i = 0; i < 10; i++) add(replay, i, i - 2)
    expect(replay.closed).toBe(2)
    const copy = buffer()
    copy.restore(structuredClone(replay.state()))
    expect(copy.closed).toBe(2)
    expect(copy.sample(20, streams(2)('s', 0))).toEqual(replay.sample(20, streams(2)('s', 0)))
  })
})

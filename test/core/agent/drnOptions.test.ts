import * as tf from '@tensorflow/tfjs'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Feedback } from '#core/agent/feedback'
import { ItemTable } from '#core/agent/itemTable'
import { QNetwork } from '#core/agent/qNetwork'
import { ReplayBuffer, type ReplayRule } from '#core/agent/replayBuffer'
import { regressionStep } from '#core/agent/tdUpdate'
import type { ComputeOps, Optimizer } from '#core/compute/ops'
import { streams } from '#core/random/philox'
import { wasmOps } from '../../support/tensors.ts'

let ops: ComputeOps
beforeAll(async () => {
  ops = await wasmOps()
})

const random = (name: string, length: number) => {
  const rng = streams(3)(name, 0)
  return Float32Array.from({ length }, () => 2 * rng.u() - 1)
}

const list = (impression: number, previous: number, rest: Partial<Feedback> = {}): Feedback => ({
  impression,
  previous,
  user: 0,
  seconds: impression,
  state: Float32Array.of(impression),
  pool: Int32Array.of(impression, 50),
  pairs: new Float32Array(0),
  shown: Int32Array.of(impression, 50),
  teams: Int8Array.of(0, 1),
  clicked: Uint8Array.of(1, 0),
  activeness: 0.8,
  last: false,
  ...rest,
})

const buffer = (rule: Partial<ReplayRule> = {}, capacity = 8) =>
  new ReplayBuffer(
    { capacity, stateWidth: 1, listLength: 2, poolSize: 2, pairWidth: 0 },
    { beta: 0, openTail: 'drop', sampling: { kind: 'uniform' }, ...rule },
  )

describe('replay', () => {
  it('adds β times the activeness after the return that closes a transition', () => {
    const replay = buffer({ beta: 0.5 })
    replay.add(list(0, -1, { activeness: 0.1 }))
    replay.add(list(1, 0))
    const { item, reward } = replay.sample(20, streams(1)('s', 0))
    item.forEach((j, i) => expect(reward[i]).toBeCloseTo((j === 0 ? 1 : 0) + 0.5 * 0.8, 6))
  })

  it('closes the last list of a user without a future, or counts it as dropped', () => {
    const terminal = buffer({ openTail: 'terminal', beta: 0.5 }, 1)
    terminal.add(list(0, -1, { last: true }))
    const sample = terminal.sample(4, streams(1)('s', 0))
    expect(Array.from(sample.nextPool)).toEqual(Array(8).fill(-1))
    sample.item.forEach((j, i) => expect(sample.reward[i]).toBe(j === 0 ? 1 : 0))
    const dropping = buffer({}, 2)
    for (let i = 0; i < 4; i++) dropping.add(list(i, -1, { last: true }))
    expect([dropping.closed, dropping.dropped]).toEqual([0, 2])
  })

  it('draws by recency with the half-life that it was given', () => {
    const replay = buffer({ sampling: { kind: 'recency', halfLife: 1 } }, 16)
    for (let i = 0; i < 16; i++) replay.add(list(i, i - 1))
    const n = 20_000
    const { state } = replay.sample(n, streams(4)('s', 0))
    const share = (age: number) => state.filter((s) => s === 15 - age).length / n
    // the newest list is open, so that ages 1, 2, … halve from a half
    for (const age of [1, 2, 3]) expect(share(age)).toBeCloseTo(2 ** -age, 1.5)
  })

  it('draws in proportion to priority and corrects for it', () => {
    const replay = buffer({ sampling: { kind: 'prioritised', exponent: 1, correction: 1 } }, 4)
    for (let i = 0; i < 3; i++) replay.add(list(i, i - 1))
    const first = replay.sample(400, streams(1)('s', 0))
    expect(new Set(first.weight)).toEqual(new Set([1]))
    // errors of 3 on list 0, of 1 on list 1
    replay.prioritise(
      first,
      first.state.map((s) => (s === 0 ? 2.999 : 0.999)),
    )
    const n = 20_000
    const { state, weight } = replay.sample(n, streams(2)('s', 0))
    expect(state.filter((s) => s === 0).length / n).toBeCloseTo(0.75, 1.5)
    // importance weights undo it: both lists have the same weighted share
    let sum = 0
    state.forEach((s, i) => (sum += s === 0 ? weight[i]! : -weight[i]!))
    expect(Math.abs(sum) / n).toBeLessThan(0.02)
  })
})

describe('regressionStep', () => {
  const shape = { stateWidth: 3, itemWidth: 2, hidden: 6, head: 'hidden1', dueling: true } as const

  /** Records the gradients of a step instead of making it. */
  function gradientsOf(network: QNetwork, items: ItemTable, ...step: StepRest): Float32Array[] {
    const seen: Float32Array[] = []
    const recorder: Optimizer = {
      step: (gradients) => seen.push(...gradients.map((g) => g.dataSync<'float32'>().slice())),
      state: () => ({ steps: 0, slots: [] }),
      restore: () => undefined,
      dispose: () => undefined,
    }
    regressionStep(network, recorder, items, ...step)
    return seen
  }
  type StepRest =
    Parameters<typeof regressionStep> extends [unknown, unknown, unknown, ...infer R] ? R : never

  it.each(['hidden1', 'dot'] as const)('centres advantages with exact gradients: %s', (head) => {
    const network = new QNetwork({ ...shape, head }, ops, streams(2)('weights', 0))
    const items = new ItemTable(random('items', 6 * 2), 2)
    const batch = {
      state: random('s', 2 * 3),
      item: Int32Array.of(1, 4),
      y: Float32Array.of(0.3, -0.2),
      candidates: { pool: Int32Array.of(0, 1, 2, 4, 5, -1), pairs: new Float32Array(0) },
    }
    const found = gradientsOf(network, items, batch)
    const { grads, value } = tf.variableGrads(() => {
      const q = [0, 1].map((i) => {
        const state = tf.tensor2d(batch.state.subarray(3 * i, 3 * i + 3), [1, 3])
        const pool = Array.from(batch.candidates.pool.subarray(3 * i, 3 * i + 3)).filter(
          (j) => j >= 0,
        )
        const all = network.forward(tf.tile(state, [pool.length, 1]), tf.gather(items.tensor, pool))
        const own = network.forward(state, tf.gather(items.tensor, [batch.item[i]!]))
        const v = network.value(state)
        // V + A − mean A, as Q of each candidate less V is its A
        return tf.add(v, tf.sub(tf.sub(own, v), tf.sub(tf.mean(all), v)))
      })
      const error = tf.sub(tf.concat(q).reshape([2]), tf.tensor1d(batch.y))
      return tf.mean<tf.Scalar>(tf.square(error))
    }, [...network.variables])
    network.variables.forEach((variable, t) => {
      const byTape = grads[variable.name]!.dataSync()
      found[t]!.forEach((g, i) => expect(g).toBeCloseTo(byTape[i]!, 4))
    })
    tf.dispose([value, ...Object.values(grads)])
    network.dispose()
    items.dispose()
  })

  it('clips the joint norm and makes large errors linear', () => {
    const network = new QNetwork(shape, ops, streams(2)('weights', 0))
    const items = new ItemTable(random('items', 6 * 2), 2)
    const batch = { state: random('s', 3), item: Int32Array.of(1), y: Float32Array.of(50) }
    const norm = (gradients: Float32Array[]) =>
      Math.sqrt(gradients.reduce((sum, g) => sum + g.reduce((s, x) => s + x * x, 0), 0))
    const plain = norm(gradientsOf(network, items, batch))
    const clip = { loss: 'squared', huberDelta: 1, gradientClip: 0.5 } as const
    expect(norm(gradientsOf(network, items, batch, clip))).toBeCloseTo(0.5, 4)
    const huber = { loss: 'huber', huberDelta: 1, gradientClip: 0 } as const
    // 2·δ·sign(e) instead of 2e, |e| about 50
    expect(plain / norm(gradientsOf(network, items, batch, huber))).toBeGreaterThan(45)
    network.dispose()
    items.dispose()
  })
})

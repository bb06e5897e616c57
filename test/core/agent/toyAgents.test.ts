import { beforeAll, describe, expect, it } from 'vitest'
import type { AgentUpdate, OwnedRanker } from '#core/agent/agent'
import { DrnAgent, type AgentWorld } from '#core/agent/drn'
import type { Feedback } from '#core/agent/feedback'
import { ItemTable } from '#core/agent/itemTable'
import { DrnParams, SacParams } from '#core/agent/params'
import { QNetwork } from '#core/agent/qNetwork'
import { ReplayBuffer } from '#core/agent/replayBuffer'
import { SacAgent } from '#core/agent/sacAgent'
import { regressionStep } from '#core/agent/tdUpdate'
import { softChoice } from '#core/bandit/softPolicy'
import type { ComputeOps } from '#core/compute/ops'
import { streams } from '#core/random/philox'
import { runToEnd } from '../../support/runToEnd.ts'
import { smallSpec } from '../../support/smallSpec.ts'
import { wasmOps } from '../../support/tensors.ts'

let ops: ComputeOps
beforeAll(async () => {
  ops = await wasmOps()
})

/** Four items that are always there, clicked with these probabilities; the context is noise. */
const clickRate = [0.1, 0.7, 0.3, 0.9] as const
const best = [3, 1, 2, 0]
const poolSize = clickRate.length
const stateWidth = 3
const oneHot = Float32Array.from({ length: 16 }, (_, i) => (i % 5 === 0 ? 1 : 0))
const world: AgentWorld = {
  observed: {
    itemFeatures: oneHot,
    itemWidth: 4,
    factors: oneHot,
    rank: 4,
    features: [{ group: 'item', name: 'action', width: 4, place: 'item' }],
  },
  stateWidth,
  pairWidth: 0,
  listLength: 2,
  poolSize,
}

/** Two items of five users, drawn at random; the next request is another draw, whatever was shown. */
function toyFeedback(impression: number, seed: number): Feedback {
  const rng = streams(seed)('toy', impression)
  const state = Float32Array.from({ length: stateWidth }, () => rng.u())
  const first = rng.int(poolSize)
  const second = (first + 1 + rng.int(poolSize - 1)) % poolSize
  const shown = Int32Array.of(first, second)
  return {
    impression,
    previous: impression >= 5 ? impression - 5 : -1,
    user: impression % 5,
    seconds: impression,
    state,
    pool: Int32Array.of(0, 1, 2, 3),
    pairs: new Float32Array(0),
    shown,
    lists: [shown, shown],
    teams: Int8Array.of(0, 1),
    clicked: Uint8Array.from(shown, (item) => (rng.u() < clickRate[item]! ? 1 : 0)),
    activeness: 0.5,
    last: false,
  }
}

const params = (own: object = {}) =>
  DrnParams.parse({
    kind: 'drn',
    hidden: 8,
    batch: 32,
    majorSteps: 20,
    learningRate: 0.01,
    replayImpressions: 400,
    targetCopyEvery: 20,
    ...own,
  })

/** Order of the four items after 400 lists and 20 major updates. */
function learntOrder(own: object, seed: number): number[] {
  const agent = new DrnAgent(params(own), world, ops, streams(seed))
  for (let i = 0; i < 400; i++) agent.observe(toyFeedback(i, seed))
  agent.begin()
  for (let index = 0; index < 20; index++) agent.update(index)
  const ranker = agent.ranker()
  const scores = new Float32Array(poolSize)
  const { state, pool } = toyFeedback(1000, seed)
  const users = new Int32Array(1)
  ranker.score({ first: 0, rows: 1, users, states: state, pools: pool, poolSize }, scores)
  ranker.dispose()
  agent.dispose()
  return [...scores.keys()].sort((a, b) => scores[b]! - scores[a]!)
}

describe('T11, a future that no list can change', () => {
  it.each([1, 2, 3])('DN, DQN and DDQN learn the same ranking, the true one: seed %i', (seed) => {
    expect(learntOrder({ gamma: 0 }, seed)).toEqual(best)
    expect(learntOrder({ gamma: 0.4 }, seed)).toEqual(best)
    expect(learntOrder({ gamma: 0.4, doubleQ: false, targetTau: 0.05 }, seed)).toEqual(best)
    expect(learntOrder({ gamma: 0.4, dueling: false }, seed)).toEqual(best)
  })
})

describe('soft actor-critic on the four items', () => {
  const soft = (own: object) =>
    SacParams.parse({
      kind: 'sac',
      hidden: 8,
      batch: 32,
      learningRate: 0.01,
      replayImpressions: 400,
      gamma: 0,
      ...own,
    })
  const trained = (own: object, seed: number) => {
    const agent = new SacAgent(soft(own), world, ops, streams(seed))
    for (let i = 0; i < 400; i++) agent.observe(toyFeedback(i, seed))
    agent.begin()
    let update: AgentUpdate | null = null
    for (let index = 0; index < 20; index++) update = agent.update(index)
    return { agent, update: update! }
  }
  /** Scores of the same request many times, as impressions 0, 1, 2, … */
  const scored = (ranker: OwnedRanker, rows: number) => {
    const { state, pool } = toyFeedback(1000, 1)
    const repeated = <T extends Float32Array | Int32Array>(row: T, out: T): T => {
      for (let r = 0; r < rows; r++) out.set(row, r * row.length)
      return out
    }
    const scores = new Float32Array(rows * poolSize)
    ranker.score(
      {
        first: 0,
        rows,
        users: new Int32Array(rows),
        states: repeated(state, new Float32Array(rows * stateWidth)),
        pools: repeated(pool, new Int32Array(rows * poolSize)),
        poolSize,
      },
      scores,
    )
    ranker.dispose()
    return scores
  }

  it.each([1, 2, 3])('shows first what softmax(Q/α) of its click rates says: seed %i', (seed) => {
    const temperature = 0.3
    const { agent } = trained({ temperature, temperatureRate: 0 }, seed)
    expect(agent.temperature).toBe(temperature)
    const q = scored(agent.rankerOf(agent.weights), 1)
    expect([...q.keys()].sort((a, b) => q[b]! - q[a]!)).toEqual(best)
    q.forEach((value, item) => expect(Math.abs(value - clickRate[item]!)).toBeLessThan(0.25))
    const rows = 4000
    const drawn = scored(agent.ranker(), rows)
    const first = new Array<number>(poolSize).fill(0)
    for (let r = 0; r < rows; r++) {
      const own = drawn.subarray(r * poolSize, (r + 1) * poolSize)
      first[own.indexOf(Math.max(...own))]!++
    }
    const { p } = softChoice(q, temperature)
    // four standard errors of a share
    p.forEach((share, item) =>
      expect(Math.abs(first[item]! / rows - share)).toBeLessThan(4 * Math.sqrt(0.25 / rows)),
    )
    agent.dispose()
  })

  it('tunes α until the policy is as random as asked', () => {
    const target = 0.98 * Math.log(poolSize) * 0.5
    for (const temperature of [0.02, 2]) {
      const { agent, update } = trained({ temperature, temperatureRate: 0.1 }, 2)
      expect(Math.abs(update.entropy! - target)).toBeLessThan(0.1)
      agent.dispose()
    }
  })
})

describe('P2, γ = 0', () => {
  it('is supervised regression on the clicks, bit for bit', () => {
    const stream = streams(4)
    const p = params({ gamma: 0, majorSteps: 3 })
    const agent = new DrnAgent(p, world, ops, stream)
    const network = new QNetwork(agent.network.shape, ops, stream('weights', 0))
    const items = new ItemTable(oneHot, 4)
    const optimizer = ops.optimizer('adam', { learningRate: 0.01 }, network.variables)
    const shape = { capacity: 400, stateWidth, listLength: 2, poolSize, pairWidth: 0 }
    const buffer = new ReplayBuffer(shape)
    for (let i = 0; i < 60; i++) {
      agent.observe(toyFeedback(i, 4))
      buffer.add(toyFeedback(i, 4))
    }
    agent.begin()
    for (let index = 0; index < 5; index++) {
      agent.update(index)
      const rng = stream('replay', index)
      for (let step = 0; step < 3; step++) {
        const sample = buffer.sample(32, rng)
        // the clicks alone, whatever comes next
        const y = Float32Array.from(sample.reward)
        regressionStep(network, optimizer, items, { state: sample.state, item: sample.item, y }, p)
      }
    }
    expect(network.state()).toEqual(agent.network.state())
    for (const owned of [agent, network, items, optimizer]) owned.dispose()
  })
})

describe('T13, a duel of W with itself', () => {
  it('is void, keeps W and gives both teams half of the slots', async () => {
    const spec = smallSpec({ alpha: 0, minorRule: 'step', duelImpressions: 10 })
    const { summary, batches } = await runToEnd(ops, {
      ...spec,
      agent: { ...spec.agent, majorEveryDuels: 0 },
    })
    expect(summary.updates).toMatchObject({ won: 0, lost: 0, tied: 0, major: 0 })
    expect(summary.updates.void).toBe(Math.floor(summary.impressions / 10))
    expect(summary.normRatio).toBe(1)
    const teams = batches.flatMap(({ chunk }) => Array.from(chunk.team))
    const b = teams.filter((team) => team === 1).length
    expect(Math.abs(b - teams.length / 2)).toBeLessThan(3 * Math.sqrt(teams.length / 4))
    for (const { chunk } of batches) expect(chunk.listB).toEqual(chunk.listA)
  })
})

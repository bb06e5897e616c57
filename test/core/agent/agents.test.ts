import * as tf from '@tensorflow/tfjs'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Feedback } from '#core/agent/feedback'
import { createAgent } from '#core/agent/index'
import { AgentSpec } from '#core/agent/params'
import type { ComputeOps } from '#core/compute/ops'
import { TypedLatentParams } from '#core/environment/params'
import { typedLatent } from '#core/environment/typedLatent'
import { ExperimentSpec, type ExperimentSpecInput } from '#core/experimentSpec'
import { weightNorm } from '#core/explorer/weightSpace'
import { SavedModel } from '#core/model/savedModel'
import { streams } from '#core/random/philox'
import { UserMemory } from '#core/run/userMemory'
import { smallSpec } from '../../support/smallSpec.ts'
import { runToEnd } from '../../support/runToEnd.ts'
import { wasmOps } from '../../support/tensors.ts'

let ops: ComputeOps
beforeAll(async () => {
  ops = await wasmOps()
})

/** Every kind, and the variants that run through other lines. */
const specs: readonly NonNullable<ExperimentSpecInput['agent']>[] = [
  { kind: 'drn', hidden: 8, batch: 32, pretrainSteps: 300, majorSteps: 3, replayImpressions: 100 },
  { kind: 'linear' },
  { kind: 'ftrl' },
  { kind: 'linUcb', pretrainSteps: 50 },
  { kind: 'pdgd' },
  { kind: 'qLearning' },
  { kind: 'qLearning', features: 'cells', target: 'sarsa', alpha: 0.1, pretrainRate: 0.2 },
  { kind: 'policy', method: 'reinforce', hidden: 8, pretrainSteps: 300 },
  { kind: 'policy', method: 'a2c', hidden: 8, gamma: 0.4, pretrainSteps: 300 },
  { kind: 'policy', method: 'ppo', hidden: 8, epochs: 2, pretrainSteps: 300 },
  { kind: 'sac', hidden: 8, batch: 32, pretrainSteps: 300, majorSteps: 2, replayImpressions: 100 },
]
/** Those that draw their lists from a policy. */
const drawing: readonly string[] = ['pdgd', 'policy', 'sac']
const nameOf = (spec: (typeof specs)[number]): string =>
  [spec.kind, 'method' in spec ? spec.method : '', 'features' in spec ? spec.features : '']
    .filter(Boolean)
    .join(' ')

const environment = typedLatent(
  TypedLatentParams.parse({
    kind: 'typedLatent',
    users: 30,
    items: 120,
    ratingsPerUser: 40,
    factors: 6,
  }),
)
const memory = new UserMemory(environment.observed, 30, 120)
const [k, poolSize] = [5, 20]
const world = {
  observed: environment.observed,
  stateWidth: memory.stateWidth,
  pairWidth: 0,
  listLength: k,
  poolSize,
}
const make = (spec: (typeof specs)[number], seed = 3) =>
  createAgent(AgentSpec.parse(spec), world, ops, streams(seed))

/** A thousand updates of a network need not be large ones. */
const light: Partial<Record<(typeof specs)[number]['kind'], object>> = {
  drn: { hidden: 4, batch: 8, majorSteps: 1 },
  policy: { hidden: 4, epochs: 1 },
  sac: { hidden: 4, batch: 8, majorSteps: 1 },
}

/** Three tastes that nobody departs from: what learns at all beats random lists here. */
const clearTastes = {
  kind: 'typedLatent',
  users: 60,
  items: 200,
  types: 3,
  likeSame: 1,
  likeOther: 0,
  ratingsPerUser: 80,
  factors: 6,
} as const

/** Lists of random candidates whose clicks fall by chance. */
function feedback(impression: number): Feedback {
  const rng = streams(8)('feedback', impression)
  const user = rng.int(30)
  const state = new Float32Array(memory.stateWidth)
  memory.writeState(user, state, 0)
  const pool = new Int32Array(poolSize)
  memory.drawPool(user, poolSize, rng, pool, 0)
  const shown = pool.slice(3, 3 + k)
  return {
    impression,
    previous: impression >= 30 ? impression - 30 : -1,
    user,
    seconds: impression,
    state,
    pool,
    pairs: new Float32Array(0),
    shown,
    lists: [shown, shown],
    teams: new Int8Array(k),
    clicked: Uint8Array.from({ length: k }, () => (rng.u() < 0.3 ? 1 : 0)),
    activeness: 0.5,
    last: rng.u() < 0.1,
  }
}

describe.each(specs.map((spec) => [nameOf(spec), spec] as const))('agent %s', (_, spec) => {
  it('keeps the number of tensors and finite weights over 1,000 updates, saves and loads', () => {
    const before = tf.memory().numTensors
    const agent = make({ ...spec, ...light[spec.kind] })
    agent.begin()
    const round = (index: number) => {
      agent.observe(feedback(index))
      const ranker = agent.ranker()
      const update = agent.update(index)
      ranker.dispose()
      if (!update) return
      if (!Number.isFinite(update.loss)) throw new Error(`loss at update ${index}`)
      // of a choice among 20 candidates; nothing else has one
      const { entropy } = update
      const isEntropy = entropy !== null && entropy > 0 && entropy <= Math.log(poolSize)
      if (drawing.includes(spec.kind) ? !isEntropy : entropy !== null) {
        throw new Error(`entropy ${entropy} at update ${index}`)
      }
    }
    for (let index = 0; index < 40; index++) round(index)
    const tensors = tf.memory().numTensors
    for (let index = 40; index < 1000; index++) {
      round(index)
      if (index % 320 !== 0) continue
      agent.load(SavedModel.parse(structuredClone(agent.save())))
      agent.restore(structuredClone(agent.state()))
    }
    expect(tf.memory().numTensors).toBe(tensors)
    const norm = weightNorm(agent.space('all').values(agent.weights))
    expect(norm).toBeGreaterThan(0)
    expect(norm).toBeLessThan(1e6)
    agent.dispose()
    expect(tf.memory().numTensors).toBe(before)
  })

  it('ranks alike after a save and a load, and learns on bit for bit after a checkpoint', () => {
    const [agent, copy, loaded] = [make(spec), make(spec), make(spec, 5)]
    const observe = (of: typeof agent, from: number, to: number) => {
      for (let i = from; i < to; i++) of.observe(feedback(i))
    }
    agent.begin()
    copy.begin()
    observe(agent, 0, 40)
    agent.update(0)
    // what the copy has learnt of its own, its checkpoint overwrites
    observe(copy, 80, 130)
    copy.update(0)
    observe(agent, 40, 75)
    copy.restore(structuredClone(agent.state()))
    loaded.load(SavedModel.parse(structuredClone(agent.save())))
    const scores = (of: typeof agent) => {
      const { state, pool, user } = feedback(170)
      const ranker = of.rankerOf(of.weights)
      const out = new Float32Array(poolSize)
      const users = Int32Array.of(user)
      ranker.score({ first: 0, rows: 1, users, states: state, pools: pool, poolSize }, out)
      ranker.dispose()
      return out
    }
    scores(loaded).forEach((score, p) => expect(score).toBeCloseTo(scores(agent)[p]!, 5))
    for (let index = 1; index < 4; index++) {
      const [update, again] = [agent.update(index), copy.update(index)]
      expect(again).toEqual(update)
      observe(agent, 75 + 10 * index, 85 + 10 * index)
      observe(copy, 75 + 10 * index, 85 + 10 * index)
    }
    expect(scores(copy)).toEqual(scores(agent))
    expect(copy.state()).toEqual(agent.state())
    expect(copy.save().arrays).toEqual(agent.save().arrays)
    for (const one of [agent, copy, loaded]) one.dispose()
  })

  const run = (options: Parameters<typeof runToEnd>[2] = {}) =>
    runToEnd(ops, { ...small, agent: AgentSpec.parse({ ...spec }) }, options)
  const small = ExperimentSpec.parse({
    ...smallSpec(),
    environment: clearTastes,
    agent: spec,
    explorer: { kind: 'none', duelImpressions: 20 },
  })

  it('beats random lists by 3 standard errors with three seeds, any batching and a resume', async () => {
    const [whole, ...others] = [await run(), await run({ seed: 8 }), await run({ seed: 9 })]
    const gaps = [whole, ...others].map(({ summary }) => {
      const ctr = (id: string) => summary.arms.find((arm) => arm.id === id)!.ctr.value!
      return ctr('q') - ctr('random')
    })
    const mean = gaps.reduce((sum, gap) => sum + gap / 3, 0)
    const se = Math.sqrt(gaps.reduce((sum, gap) => sum + (gap - mean) ** 2 / 2, 0) / 3)
    expect(Math.min(...gaps)).toBeGreaterThan(0)
    expect(mean).toBeGreaterThan(3 * se)
    expect((await run({ usersPerCall: 1 })).summary.digest).toBe(whole.summary.digest)
    const place = Math.floor(whole.checkpoints.length / 2)
    const rest = await run({ checkpoint: whole.checkpoints[place]! })
    expect(rest.summary.digest).toBe(whole.summary.digest)
  })
})

describe('two learners in one contest', () => {
  it('are two, learn apart and resume', async () => {
    const spec = ExperimentSpec.parse({
      ...smallSpec(),
      environment: clearTastes,
      design: 'duel',
      rankers: [
        { kind: 'learner', agent: { kind: 'ftrl' } },
        { kind: 'learner', agent: { kind: 'linear', pretrainSteps: 0, learningRate: 0 } },
        { kind: 'learner' },
        { kind: 'frozen' },
      ],
      interleaver: { kind: 'teamDraft' },
    })
    const before = tf.memory().numTensors
    const whole = await runToEnd(ops, spec)
    const [ftrl, still] = ['q', 'explore'].map(
      (id) => whole.summary.arms.find((arm) => arm.id === id)!.ctr,
    )
    // what learns beats what may not
    expect(ftrl!.value!).toBeGreaterThan(still!.high!)
    const place = Math.floor(whole.checkpoints.length / 2)
    const rest = await runToEnd(ops, spec, { checkpoint: whole.checkpoints[place]! })
    expect(rest.summary).toEqual(whole.summary)
    expect(tf.memory().numTensors).toBe(before)
  })
})

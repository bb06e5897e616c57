import * as tf from '@tensorflow/tfjs'
import { beforeAll, describe, expect, it } from 'vitest'
import { createAgent } from '#core/agent/index'
import { AgentSpec } from '#core/agent/params'
import type { ComputeOps } from '#core/compute/ops'
import { TypedLatentParams } from '#core/environment/params'
import { typedLatent } from '#core/environment/typedLatent'
import { training } from '#core/largeAction/training'
import { modelHash, SavedModel } from '#core/model/savedModel'
import { streams } from '#core/random/philox'
import { modelRanker } from '#core/run/modelSide'
import { UserMemory } from '#core/run/userMemory'
import { contestSpec } from '../../support/contestSpec.ts'
import { runToEnd } from '../../support/runToEnd.ts'
import { wasmOps } from '../../support/tensors.ts'

let ops: ComputeOps
beforeAll(async () => {
  ops = await wasmOps()
})

const latent = { kind: 'typedLatent', users: 24, items: 80, types: 3, ratingsPerUser: 20 } as const
const { observed } = typedLatent(TypedLatentParams.parse({ ...latent, factors: 6 }))
const memory = new UserMemory(observed, latent.users, latent.items)
const poolSize = 30
const { stateWidth } = memory
const world = { observed, stateWidth, pairWidth: 0, listLength: 5, poolSize }

const kinds = [
  { kind: 'drn', hidden: 8, head: 'hidden1' },
  { kind: 'drn', hidden: 8, head: 'dot' },
  { kind: 'linear' },
  { kind: 'ftrl' },
  { kind: 'linUcb' },
  { kind: 'pdgd' },
  { kind: 'qLearning' },
  { kind: 'policy', hidden: 8 },
] as const

function request(user: number) {
  const rng = streams(4)('request', user)
  const states = new Float32Array(stateWidth)
  memory.writeState(user, states, 0)
  const pools = new Int32Array(poolSize)
  memory.drawPool(user, poolSize, rng, pools, 0)
  return { first: 0, rows: 1, users: Int32Array.of(user), states, pools, poolSize }
}
const history = {
  kind: 'history',
  observed,
  examination: 0.5,
  writeState: (...state: Parameters<UserMemory['composeState']>) => memory.composeState(...state),
} as const

describe.each(kinds)('a model of the learner $kind', (agentSpec) => {
  it('ranks as the learner that it was saved from, and frees its tensors', () => {
    const before = tf.memory().numTensors
    const agent = createAgent(AgentSpec.parse(agentSpec), world, ops, streams(3))
    for (let step = 0; step < 20; step++) agent.pretrainStep(step, history)
    agent.begin()
    const saved = SavedModel.parse(structuredClone(agent.save()))
    const live = agent.rankerOf(agent.weights)
    const model = modelRanker(saved, world, ops, streams(9))
    for (const user of [0, 7, 23]) {
      const [own, other] = [new Float32Array(poolSize), new Float32Array(poolSize)]
      live.score(request(user), own)
      model.score(request(user), other)
      expect(order(other)).toEqual(order(own))
    }
    for (const owned of [live, model, agent]) owned.dispose()
    expect(tf.memory().numTensors).toBe(before)
  })
})

/** Places by score, those of equal scores in order. */
const order = (scores: Float32Array) =>
  Array.from(scores.keys()).sort((a, b) => scores[b]! - scores[a]! || a - b)

describe('a run with saved models', () => {
  it('has one digest, after a resume too, and learns nothing', async () => {
    const agent = createAgent(AgentSpec.parse(kinds[0]), world, ops, streams(3))
    const drn = agent.save()
    agent.dispose()
    const wolpertinger = await trained()
    const models = { [modelHash(drn)]: drn, [modelHash(wolpertinger)]: wolpertinger }
    const named = Object.keys(models).map((model) => ({ kind: 'model' as const, model }))
    const spec = contestSpec('duel', [], 24, {
      environment: { ...latent, factors: 6 },
      rankers: [...named, { kind: 'random' }],
      interleaver: { kind: 'teamDraft' },
    })
    const tensors = tf.memory().numTensors
    const whole = await runToEnd(ops, spec, { models })
    expect((await runToEnd(ops, spec, { models, usersPerCall: 1 })).summary).toEqual(whole.summary)
    const checkpoint = whole.checkpoints[Math.floor(whole.checkpoints.length / 2)]!
    expect((await runToEnd(ops, spec, { models, checkpoint })).summary).toEqual(whole.summary)
    expect(whole.summary.updates.major).toBe(0)
    expect(tf.memory().numTensors).toBe(tensors)
  })

  it('names the ranker whose model is missing or of another world', async () => {
    const model = 'a'.repeat(64)
    const spec = contestSpec('duel', [], 24, {
      rankers: [{ kind: 'random' }, { kind: 'model', model }],
    })
    await expect(runToEnd(ops, spec)).rejects.toThrow(
      'rankers.1.model aaaaaaaaaaaa… was not handed',
    )
    const models = { [model]: await trained() }
    await expect(runToEnd(ops, spec, { models })).rejects.toThrow(
      'rankers.1.model: the wolpertinger model knows 80 items, the world has 200',
    )
  })
})

async function trained(): Promise<SavedModel> {
  const spec = training.spec.parse({
    kind: 'wolpertinger',
    world: { kind: 'typedLatent', users: 40, items: latent.items, types: 3, horizon: 6 },
    representation: { kind: 'rating', width: 4 },
    agent: { steps: 10, environments: 8, hidden: 8, batch: 16 },
    evaluateEvery: 10,
    evaluationUsers: 4,
  })
  const data = { ratings: null }
  const input = { spec, seed: 1, ops, backend: 'none', data, checkpoint: null }
  for await (const step of training.run(input)) {
    if (step.type === 'finished') return step.models![0]!
  }
  throw new Error('the training did not finish')
}

import { readFileSync } from 'node:fs'
import * as tf from '@tensorflow/tfjs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { z } from 'zod'
import type { BanditLog } from '#core/dataset/kinds/bandit'
import { offPolicyEstimators, type OffPolicyEstimatorId } from '#core/ope/estimators'
import { addRound, fromSums, sumWidth } from '#core/ope/estimatorSums'
import { ReplaySpec } from '#core/ope/replaySpec'
import { banditDesign } from '#core/ope/banditDesign'
import type { PolicyParts } from '#core/ope/rankedPolicy'
import { runReplay } from '#core/ope/runReplay'
import { createAgent } from '#core/agent/index'
import { AgentSpec } from '#core/agent/params'
import { banditView } from '#core/environment/logged/banditView'
import { modelHash } from '#core/model/savedModel'
import { streams } from '#core/random/philox'
import { wasmOps } from '../../support/tensors.ts'
import { finished } from '../../support/finished.ts'
import { loggingShare, syntheticBandit, trueValue } from '../../support/syntheticBandit.ts'

const replay = (log: BanditLog, spec: Partial<z.input<typeof ReplaySpec>> = {}, seed = 1) =>
  finished(runReplay(ReplaySpec.parse({ dataset: 'log', replicates: 200, ...spec }), log, seed))
const table = (shares: readonly number[]) =>
  ({
    kind: 'table',
    probabilities: Object.fromEntries(['w', 'x', 'y', 'z'].map((id, a) => [id, [shares[a]!]])),
  }) as const
const valueOf = (report: Awaited<ReturnType<typeof replay>>, id: string) =>
  report.estimates.find((estimate) => estimate.id === id)!

describe('estimators from sums', () => {
  const round = fc.record({
    weight: fc.double({ min: 0, max: 8, noNaN: true }),
    reward: fc.constantFrom(0, 1),
    predicted: fc.double({ min: 0, max: 1, noNaN: true }),
    value: fc.double({ min: 0, max: 1, noNaN: true }),
  })

  it('are those of the rounds', () => {
    fc.assert(
      fc.property(fc.array(round, { minLength: 1, maxLength: 20 }), (rows) => {
        const rounds = {
          weight: rows.map((r) => r.weight),
          reward: rows.map((r) => r.reward),
          predicted: rows.map((r) => r.predicted),
          value: rows.map((r) => r.value),
        }
        const options = { clip: 3, switchAt: 4, shrinkage: 2 }
        const sums = new Float64Array(sumWidth)
        rows.forEach((_, i) => {
          addRound(rounds, i, null, options, sums, 0)
        })
        for (const id of Object.keys(offPolicyEstimators) as OffPolicyEstimatorId[]) {
          const { value } = offPolicyEstimators[id](rounds, options)
          if (value === null) expect(fromSums[id](sums, 0), id).toBeNaN()
          else expect(fromSums[id](sums, 0), id).toBeCloseTo(value, 9)
        }
      }),
    )
  })
})

describe('the Open Bandit log of a random policy', () => {
  const oracle = (
    JSON.parse(readFileSync(new URL('../../oracles/statistics.json', import.meta.url), 'utf8')) as {
      cases: { family: string; inputs: OpenBandit; expected: Record<string, number> }[]
    }
  ).cases.find(({ family }) => family === 'ope_open_bandit')!
  interface OpenBandit {
    items: number
    impressions: number[][]
    clicks: number[][]
    pi_e: number[][]
  }

  it('gives Bernoulli TS the value that the published pipeline gives', async () => {
    const { inputs, expected } = oracle
    const rows = inputs.impressions.flatMap((counts, item) =>
      counts.flatMap((count, position) =>
        Array.from({ length: count }, (_, i) => ({
          item,
          position,
          reward: i < inputs.clicks[item]![position]! ? 1 : 0,
        })),
      ),
    )
    const log: BanditLog = {
      rounds: rows.length,
      actions: inputs.items,
      users: 0,
      actionIds: inputs.impressions.map((_, item) => String(item)),
      userIds: [],
      user: null,
      time: null,
      action: Int32Array.from(rows, ({ item }) => item),
      position: Int16Array.from(rows, ({ position }) => position),
      positions: 3,
      propensity: new Float64Array(rows.length).fill(1 / inputs.items),
      reward: Float64Array.from(rows, ({ reward }) => reward),
      context: [],
      actionFeatures: [],
    }
    const probabilities = Object.fromEntries(inputs.pi_e.map((shares, id) => [id, shares]))
    const report = await replay(log, {
      policy: { kind: 'table', probabilities },
      rewardModel: 'mean',
      replicates: 500,
    })
    expect(valueOf(report, 'ips').value).toBeCloseTo(expected['IPS']!, 12)
    expect(valueOf(report, 'snips').value).toBeCloseTo(expected['SNIPS']!, 12)
    const { low, high } = valueOf(report, 'ips')
    expect(Math.abs(low! - 0.002493)).toBeLessThan(6e-4)
    expect(Math.abs(high! - 0.007012)).toBeLessThan(6e-4)
    expect(report.weights.ess).toBeCloseTo(expected['ESS_kish']!, 6)
    // 46 clicks: the alarm that a handful of rewarded rounds carries the value
    expect(report.alarms.find(({ id }) => id === 'effectiveRewards')).toMatchObject({
      level: 'warn',
    })
    expect(report.propensity).toMatchObject({ uniform: true, level: 'ok' })
    expect(report.matched).toBeGreaterThan(200)
    expect(report.positionValues.map(({ rounds }) => rounds).reduce((a, b) => a + b)).toBe(10_000)
  })
})

describe('an off-policy evaluation', () => {
  const target = [0.1, 0.2, 0.3, 0.4]

  it('covers the truth with its intervals', async () => {
    const repetitions = 40
    const unbiased = ['ips', 'snips', 'dr', 'sndr', 'switchDr'] as const
    const covered = new Map<string, number>(unbiased.map((id) => [id, 0]))
    for (let seed = 0; seed < repetitions; seed++) {
      const report = await replay(syntheticBandit(500, seed), { policy: table(target) }, seed)
      for (const id of unbiased) {
        const { low, high } = valueOf(report, id)
        if (low! <= trueValue(target) && trueValue(target) <= high!) {
          covered.set(id, covered.get(id)! + 1)
        }
      }
    }
    // binomial with p = 0.95: fewer than 33 of 40 has probability 0.0003
    for (const [id, count] of covered) expect(count, id).toBeGreaterThanOrEqual(33)
  })

  it('gives a uniform log its own mean under the uniform policy, by Li’s replay too', async () => {
    const log = syntheticBandit(2000, 3, true)
    const report = await replay(log, { policy: { kind: 'uniform' } })
    expect(valueOf(report, 'ips').value).toBeCloseTo(report.logged.value!, 12)
    expect(Math.abs(valueOf(report, 'liReplay').value! - report.logged.value!)).toBeLessThan(0.07)
    const biased = await replay(syntheticBandit(400, 3))
    expect(valueOf(biased, 'liReplay')).toMatchObject({ value: null, reason: 'notUniform' })
  })

  it('evaluates learners on the other folds, and saved models', async () => {
    const log = syntheticBandit(2000, 7)
    const parts = { ops: await wasmOps(), models: {} }
    const evaluate = (policy: z.input<typeof ReplaySpec>['policy'], given: PolicyParts) =>
      finished(
        runReplay(ReplaySpec.parse({ dataset: 'log', replicates: 200, policy }), log, 1, given),
      )
    // the greedy policy knows that w, which is shown most, is the worst action
    const linear = { kind: 'linear' } as const
    const learnt = await evaluate({ kind: 'learner', agent: linear }, parts)
    const drn = { kind: 'drn', hidden: 8, pretrainSteps: 150 } as const
    const deep = await evaluate({ kind: 'learner', agent: drn, epsilon: 0.1 }, parts)
    for (const { estimates, logged } of [learnt, deep]) {
      expect(estimates.find(({ id }) => id === 'dr')!.low).toBeGreaterThan(logged.value!)
    }
    const view = banditView(log, banditDesign(log))
    const world = { ...view, pairWidth: 0, listLength: 1, poolSize: 4 }
    const agent = createAgent(AgentSpec.parse(linear), world, parts.ops, streams(1))
    const model = agent.save() // untrained: every action scores the same, and the first is taken
    agent.dispose()
    const hash = modelHash(model)
    const saved = await evaluate(
      { kind: 'saved', model: hash },
      { ...parts, models: { [hash]: model } },
    )
    const first = await evaluate(table([1, 0, 0, 0]), parts)
    expect(saved.estimates.map(({ value }) => value)).toEqual(
      first.estimates.map(({ value }) => value),
    )
    await expect(evaluate({ kind: 'saved', model: hash }, parts)).rejects.toThrow('policy.model')
  })

  it.each(AgentSpec.options.map(({ shape }) => shape.kind.value))(
    'takes the learner %s, trained out of fold',
    async (kind) => {
      const log = syntheticBandit(600, 7)
      const small = { hidden: 8, pretrainSteps: 60 }
      const { shape } = AgentSpec.options.find((option) => option.shape.kind.value === kind)!
      const settings = Object.entries(small).filter(([name]) => name in shape)
      const agent = AgentSpec.parse({ kind, ...Object.fromEntries(settings) })
      const parts = { ops: await wasmOps(), models: {} }
      const spec = { dataset: 'log', replicates: 100, policy: { kind: 'learner', agent } } as const
      const before = tf.memory().numTensors
      const report = await finished(runReplay(ReplaySpec.parse(spec), log, 1, parts))
      expect(tf.memory().numTensors).toBe(before)
      const { value, low, high } = valueOf(report, 'dr')
      expect(low).toBeLessThan(value!)
      expect(high).toBeGreaterThan(value!)
      expect(report.propensity.level).toBe('ok')
      // greedy on four actions: no round of another action counts
      expect(report.weights.ess).toBeLessThan(log.rounds / 2)
    },
  )

  it('is the same for the same seed', async () => {
    const log = syntheticBandit(300, 5)
    const spec = { policy: { kind: 'thompson', draws: 500 } } as const
    expect(await replay(log, spec)).toEqual(await replay(log, spec))
    expect((await replay(log, spec, 2)).digest).not.toBe((await replay(log, spec)).digest)
  })

  it('knows better policies by what it learns out of fold', async () => {
    const log = syntheticBandit(3000, 7)
    for (const policy of [
      { kind: 'popularity' },
      { kind: 'model', epsilon: 0.1 },
      { kind: 'softmax', temperature: 0.05 },
      { kind: 'thompson', draws: 2000 },
    ] as const) {
      const { low } = valueOf(await replay(log, { policy }), 'dr')
      expect(low, policy.kind).toBeGreaterThan(trueValue(loggingShare))
    }
  })

  it('finds a planted propensity error', async () => {
    const log = syntheticBandit(2000, 9)
    const wrong = log.propensity.map((p, i) => (log.action[i] === 2 ? p * 1.5 : p))
    const report = await replay({ ...log, propensity: wrong }, { policy: table(target) })
    expect(report.propensity).toMatchObject({ level: 'block', worst: { action: 'y' } })
    expect(report.alarms[0]).toMatchObject({ id: 'propensity', level: 'block' })
    const right = await replay(log, { policy: table(target) })
    expect(right.propensity.level).toBe('ok')
  })

  it('warns of actions that the log never shows, and refuses what it can not read', async () => {
    const log = syntheticBandit(500, 4)
    const unseen = { ...log, actions: 5, actionIds: [...log.actionIds, 'new'] }
    const { alarms } = await replay(unseen, { policy: { kind: 'uniform' } })
    expect(alarms.find(({ id }) => id === 'unsupported')).toMatchObject({
      level: 'warn',
      value: expect.closeTo(0.2, 9) as number,
    })
    await expect(
      replay(log, { policy: { kind: 'table', probabilities: { v: [1] } } }),
    ).rejects.toThrow('"v"')
    await expect(replay(log, { policy: table([0.1, 0.1, 0.1, 0.1]) })).rejects.toThrow('sum to')
    await expect(replay(log, { policy: { kind: 'model' }, rewardModel: 'none' })).rejects.toThrow(
      'rewardModel',
    )
  })
})

describe('the value of slates', () => {
  it('is found under cascades by the estimator that assumes them, not by positions alone', async () => {
    // a second click only follows a first one: the reward of slot 2 depends on slot 1
    const base = syntheticBandit(12_000, 11)
    const reward = base.reward.map((r, i) => (i % 2 === 1 ? r * base.reward[i - 1]! : r))
    const log: BanditLog = {
      ...base,
      reward,
      user: Int32Array.from({ length: base.rounds }, (_, i) => Math.floor(i / 2)),
      time: Float64Array.from({ length: base.rounds }, (_, i) => Math.floor(i / 2)),
      position: Int16Array.from({ length: base.rounds }, (_, i) => i % 2),
      positions: 2,
    }
    const target = [0, 0, 0.5, 0.5]
    const { slates } = await replay(log, { policy: table(target), rewardModel: 'none' })
    const truth = trueValue(target) + trueValue(target) ** 2
    const of = (id: string) => slates!.estimates.find((estimate) => estimate.id === id)!
    expect(slates!.count).toBe(6000)
    expect(of('cascade').low).toBeLessThan(truth)
    expect(of('cascade').high).toBeGreaterThan(truth)
    expect(of('independent').high).toBeLessThan(truth)
    expect(of('cascade').ess).toBeGreaterThan(of('standard').ess * 0.9)
  })
})

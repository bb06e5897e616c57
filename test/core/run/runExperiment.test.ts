import * as tf from '@tensorflow/tfjs'
import { beforeAll, describe, expect, it } from 'vitest'
import type { ComputeOps } from '#core/compute/ops'
import { ExperimentSpec } from '#core/experimentSpec'
import { pointIndex, pointWidth } from '#core/run/point'
import { runExperiment } from '#core/run/runExperiment'
import { samples } from '#core/samples/index'
import { runToEnd } from '../../support/runToEnd.ts'
import { smallSpec } from '../../support/smallSpec.ts'
import { wasmOps } from '../../support/tensors.ts'

let ops: ComputeOps
beforeAll(async () => {
  ops = await wasmOps()
})

const run = (spec: ExperimentSpec, options?: Parameters<typeof runToEnd>[2]) =>
  runToEnd(ops, spec, options)

describe('a run', () => {
  it('gives the same digest twice and another one for another seed or α', async () => {
    const first = await run(smallSpec())
    expect((await run(smallSpec())).summary).toEqual(first.summary)
    expect((await run(smallSpec(), { seed: 8 })).summary.digest).not.toBe(first.summary.digest)
    const wider = await run(smallSpec({ alpha: 0.6 }))
    expect(wider.summary.digest).not.toBe(first.summary.digest)
  })

  // recorded at engine version 4; with the version of before they were those of version 3
  it.each([
    [
      'probabilistic',
      smallSpec(),
      'eb890121e8724ae66a9651162870a485901e37979299a401cba1f6b48b64b2b2',
    ],
    [
      'team draft, neutral prefix',
      {
        ...smallSpec(),
        interleaver: { kind: 'teamDraft', sharedDocs: 'prefix_neutral' } as const,
      },
      'd5424d1b07883629d59d0d87e70903e54ea7c4d70ba432a2ec3ff96eac2f11c6',
    ],
    [
      'A/A',
      smallSpec({ exchangeable: true }),
      '1cc585b010b80f3ce0ab4979d249d243553a0c8624ebe13f1e327d7573055551',
    ],
  ])('keeps its digest and checkpoint: %s', async (_, spec, digest) => {
    const { summary, checkpoints } = await run(spec)
    expect(summary.digest).toBe(digest)
    const { state } = checkpoints[3]! as { state: { tally: object } }
    expect(Object.keys(state).sort()).toEqual(
      'agent chain credit due duel loss major norm probe served serving sideCredit startNorm tally traffic'.split(
        ' ',
      ),
    )
    expect(Object.keys(state.tally).sort()).toEqual(
      'arms counts decidedAtUser engines exposures ndcg noVoteByFirst precision slotTeams users'.split(
        ' ',
      ),
    )
  })

  it('ends where the learner diverges, and names the step size', async () => {
    const wild = ExperimentSpec.parse({
      ...smallSpec(),
      agent: { kind: 'qLearning', pretrainRate: 1, pretrainSteps: 60 },
    })
    await expect(run(wild)).rejects.toThrow(
      'the learner "qLearning" diverges: its weights are no longer finite after pre-training; lower agent.alpha or agent.pretrainRate',
    )
  })

  it('has no check of the coin where the first pick is the whole list', async () => {
    const ids = async (listLength: number) => {
      const { summary } = await run(smallSpec({}, { listLength }))
      return summary.health.map(({ id }) => id)
    }
    expect(await ids(1)).not.toContain('noVoteByCoin')
    expect(await ids(2)).toContain('noVoteByCoin')
  })

  it('does not depend on how many users are scored in one call', async () => {
    const one = await run(smallSpec(), { usersPerCall: 1 })
    const many = await run(smallSpec(), { usersPerCall: 64 })
    expect(one.summary.digest).toBe(many.summary.digest)
  })

  it.each([
    ['hidden1', 'probabilistic', 30],
    ['hidden2', 'teamDraft', 7],
    ['dot', 'teamDraft', 100000],
  ] as const)(
    'resumes to the same digest: %s, %s, M = %i',
    async (head, interleaver, duelImpressions) => {
      const spec = {
        ...smallSpec({ duelImpressions }, {}, { head }),
        interleaver:
          interleaver === 'teamDraft'
            ? ({ kind: interleaver, sharedDocs: 'prefix_neutral' } as const)
            : ({ kind: interleaver, tau: 3, sampling: 'noReplace' } as const),
      }
      const whole = await run(spec)
      for (const place of [0, 7, whole.checkpoints.length - 2]) {
        const rest = await run(spec, { checkpoint: whole.checkpoints[place]! })
        expect(rest.summary).toEqual(whole.summary)
        expect(rest.batches[0]).toEqual(whole.batches[place + 1])
      }
    },
  )

  it('is told whole: batches join up and counts agree', async () => {
    const { batches, summary } = await run(smallSpec())
    let next = 0
    for (const [step, batch] of batches.entries()) {
      expect(batch.step).toBe(step)
      expect(batch.chunk.from).toBe(next)
      expect(batch.point).toHaveLength(pointWidth)
      next += batch.chunk.count
      expect(batch.done).toBe(next)
      expect(batch.point[pointIndex.impressions]).toBe(next)
    }
    expect(next).toBe(batches[0]!.total)
    expect(summary.impressions).toBe(next)
    const { a, b, tie, noVote } = summary.outcomes
    expect(a + b + tie + noVote).toBe(next)
    expect(summary.users).toBe(60)
    const clicks = batches.reduce((n, { chunk }) => n + chunk.clicked.reduce((x, y) => x + y, 0), 0)
    expect(summary.clicks).toBe(clicks)
    const { won, lost, tied, void: empty } = summary.updates
    expect(won + lost + tied + empty).toBe(Math.floor(next / 30))
  })

  it('shows only candidates, each once, from one of the two lists', async () => {
    const { batches } = await run(smallSpec())
    for (const { chunk } of batches) {
      for (let i = 0; i < chunk.count; i++) {
        const row = (column: Int32Array) =>
          Array.from(column.subarray(i * chunk.k, (i + 1) * chunk.k))
        const shown = row(chunk.shown)
        expect(new Set(shown).size).toBe(chunk.k)
        const offered = new Set([...row(chunk.listA), ...row(chunk.listB)])
        expect(shown.every((item) => offered.has(item))).toBe(true)
      }
    }
  })

  it('never shows a user what he clicked or has rated in the visible history', async () => {
    const { batches } = await run(smallSpec({}, { impressionsPerUser: 30 }))
    const clicked = new Map<number, Set<number>>()
    for (const { chunk } of batches) {
      for (let i = 0; i < chunk.count; i++) {
        const user = chunk.user[i]!
        const seen = clicked.get(user) ?? new Set()
        clicked.set(user, seen)
        for (let slot = i * chunk.k; slot < (i + 1) * chunk.k; slot++) {
          expect(seen.has(chunk.shown[slot]!)).toBe(false)
          if (chunk.clicked[slot] === 1) seen.add(chunk.shown[slot]!)
        }
      }
    }
  })

  it('frees every tensor, also when it is left early', async () => {
    const before = tf.memory().numTensors
    await run(smallSpec())
    expect(tf.memory().numTensors).toBe(before)
    const input = { spec: smallSpec(), seed: 1, ops, backend: '', ratings: null, checkpoint: null }
    for await (const step of runExperiment(input)) if (step.type === 'batch') break
    expect(tf.memory().numTensors).toBe(before)
  })

  it('shortens lists when a user runs out of items', async () => {
    const spec = smallSpec({}, { impressionsPerUser: 60, users: 10, listLength: 20, poolSize: 40 })
    const clickable = {
      ...spec.environment,
      unratedAttraction: 1,
      attractionByGrade: [1, 1, 1, 1, 1],
    }
    const { batches, summary } = await run({ ...spec, environment: clickable })
    const empty = batches.some(({ chunk }) => chunk.shown.includes(-1))
    expect(empty).toBe(true)
    expect(summary.health.find(({ id }) => id === 'duplicates')!.value).toBe(0)
  })
})

describe('the explore design', () => {
  it('has nothing to compare at α = 0: every list is the same, every duel void', async () => {
    // probabilistic interleaving reorders even one list, so that only team draft costs nothing here
    const interleaver = { kind: 'teamDraft', sharedDocs: 'drawer' } as const
    const { summary } = await run({ ...smallSpec({ alpha: 0 }), interleaver })
    expect(summary.outcomes.identical).toBe(summary.impressions)
    expect(summary.outcomes.a + summary.outcomes.b).toBe(0)
    expect(summary.updates.void).toBeGreaterThan(0)
    expect(summary.updates.won + summary.updates.lost + summary.updates.tied).toBe(0)
    expect(summary.explorationCost.value).toBeCloseTo(0, 9)
  })

  it('moves W only by winning duels when major updates are off', async () => {
    const still = await run(smallSpec({ minorRule: 'none' }, {}, { majorEveryDuels: 0 }))
    expect(still.summary.normRatio).toBe(1)
    const moving = await run(smallSpec({}, {}, { majorEveryDuels: 0 }))
    const applied = moving.batches.flatMap(({ updates }) => updates)
    expect(applied.some(({ result }) => result === 'applied')).toBe(true)
    for (const update of applied) {
      expect(update.stepNorm > 0).toBe(update.result === 'applied')
    }
  })

  it('inflates the norm under the printed rule unless the guard holds it', async () => {
    const printed = { minorRule: 'printed', eta: 0.5, duelImpressions: 5 } as const
    const free = await run(smallSpec({ ...printed, normGuard: 'off' }, {}, { majorEveryDuels: 0 }))
    const guarded = await run(smallSpec(printed, {}, { majorEveryDuels: 0 }))
    expect(free.summary.normRatio).toBeGreaterThan(100)
    expect(guarded.summary.normRatio).toBeCloseTo(1, 2)
    expect(guarded.summary.updates.guard).toBe(guarded.summary.updates.won)
  })
})

describe('the samples', () => {
  it('end as their hypothesis says', async () => {
    const duel = await run(samples.duel.spec, { seed: samples.duel.seed })
    expect(duel.summary.verdict.state).toBe('aBetter')
    const aa = await run(samples.aa.spec, { seed: samples.aa.seed })
    expect(aa.summary.verdict.state).toBe('undecided')
    const q = duel.summary.arms.find(({ id }) => id === 'q')!.ctr
    for (const id of ['random', 'popularity', 'staticBest', 'untrained'] as const) {
      const reference = duel.summary.arms.find((arm) => arm.id === id)!.ctr
      expect(q.low!).toBeGreaterThan(reference.high!)
    }
  })
})

import * as tf from '@tensorflow/tfjs'
import { beforeAll, describe, expect, it } from 'vitest'
import type { ComputeOps } from '#core/compute/ops'
import type { ExperimentSpec } from '#core/experimentSpec'
import { armAssignment } from '#core/run/armAssignment'
import { streams } from '#core/random/philox'
import { sampleRatioTest } from '#core/stats/sampleRatio'
import { contestSpec } from '../../support/contestSpec.ts'
import { runToEnd } from '../../support/runToEnd.ts'
import { wasmOps } from '../../support/tensors.ts'

let ops: ComputeOps
beforeAll(async () => {
  ops = await wasmOps()
})

const run = (spec: ExperimentSpec, options?: Parameters<typeof runToEnd>[2]) =>
  runToEnd(ops, spec, options)

/** Pre-trained well enough to know the users' tastes. */
const able = {
  agent: { kind: 'drn', hidden: 32, batch: 64, pretrainSteps: 600, majorSteps: 5 },
} as const

const teamDraft = { kind: 'teamDraft', sharedDocs: 'drawer' } as const

describe.each([
  ['duel of two', contestSpec('duel', ['learner', 'popularity'])],
  ['duel of a frozen network', contestSpec('duel', ['frozen', 'untrained', 'untrained'])],
  [
    'multileave, team draft',
    contestSpec('duel', ['learner', 'factors', 'staticBest', 'random'], 60, {
      interleaver: teamDraft,
    }),
  ],
  [
    'optimized',
    contestSpec('duel', ['factors', 'random'], 20, {
      interleaver: { kind: 'optimized', maxLists: 16 },
    }),
  ],
  ['split of three', contestSpec('split', ['learner', 'frozen', 'random'], 120)],
] as const)('%s', (_, spec) => {
  it('gives one digest for any users per call, and after a resume', async () => {
    const whole = await run(spec)
    expect((await run(spec, { usersPerCall: 1 })).summary).toEqual(whole.summary)
    for (const place of [0, whole.checkpoints.length - 2]) {
      const rest = await run(spec, { checkpoint: whole.checkpoints[place]! })
      expect(rest.summary).toEqual(whole.summary)
    }
    expect((await run(spec, { seed: 8 })).summary.digest).not.toBe(whole.summary.digest)
  })

  it('shows each item once, tells every side and frees its tensors', async () => {
    const before = tf.memory().numTensors
    const { batches, summary } = await run(spec)
    expect(tf.memory().numTensors).toBe(before)
    const contest = summary.contest!
    expect(contest.sides.map(({ kind }) => kind)).toEqual(spec.rankers.map(({ kind }) => kind))
    expect(contest.challengers.map(({ side }) => side)).toEqual(
      spec.rankers.slice(1).map((_ranker, i) => i + 1),
    )
    expect(contest.family.size).toBe(spec.rankers.length - 1)
    for (const { chunk } of batches) {
      for (let i = 0; i < chunk.count; i++) {
        const shown = chunk.shown.subarray(i * chunk.k, (i + 1) * chunk.k)
        expect(new Set(shown).size).toBe(chunk.k)
      }
      expect(chunk.team.every((team) => team < spec.rankers.length)).toBe(true)
    }
    const sides = ['q', 'explore', 'side2', 'side3'].slice(0, spec.rankers.length)
    expect(summary.arms.map(({ id }) => id).slice(1, 1 + sides.length)).toEqual(sides)
    const learns = spec.rankers.some(({ kind }) => kind === 'learner')
    expect(summary.updates.major > 0).toBe(learns)
    expect(summary.normRatio !== 1).toBe(learns)
  })
})

describe('a duel', () => {
  it('decides for the learner against random lists', async () => {
    const { summary } = await run(contestSpec('duel', ['learner', 'random'], 200, able))
    expect(summary.verdict.state).toBe('aBetter')
    const { summary: turned } = await run(contestSpec('duel', ['random', 'learner'], 200, able))
    expect(turned.verdict.state).toBe('bBetter')
    const [challenger] = summary.contest!.challengers
    expect(challenger!.delta).toEqual(summary.delta)
    expect(challenger!.verdict).toEqual(summary.verdict)
  })

  it('of a frozen network with itself shows the same list twice: nothing but ties', async () => {
    const { summary } = await run(
      contestSpec('duel', ['frozen', 'frozen'], 60, { interleaver: teamDraft }),
    )
    const { a, b, tie, identical } = summary.outcomes
    expect(identical).toBe(summary.impressions)
    expect(a + b).toBe(0)
    expect(tie).toBeGreaterThan(0)
    expect(summary.delta.value).toBe(0)
  })

  it('of exchangeable rankers finds no direction', async () => {
    for (const seed of [1, 2, 3, 4]) {
      const { summary } = await run(contestSpec('duel', ['random', 'random']), { seed })
      expect(summary.outcomes.identical).toBeLessThan(summary.impressions)
      expect(['undecided', 'practicallyEqual']).toContain(summary.verdict.state)
    }
  })

  it('keeps the frozen network where pre-training left it while the learner moves', async () => {
    const spec = contestSpec('duel', ['learner', 'frozen'], 60, { interleaver: teamDraft })
    const { batches } = await run(spec)
    const trained = batches.findIndex(({ updates }) => updates.length > 0)
    const same = ({ chunk }: (typeof batches)[number]) => chunk.listA.join() === chunk.listB.join()
    expect(batches.slice(0, trained).every(same)).toBe(true)
    expect(batches.slice(trained + 1).some((batch) => !same(batch))).toBe(true)
  })
})

describe('a multileaving', () => {
  it.each([teamDraft, { kind: 'probabilistic', tau: 3, sampling: 'replace' } as const])(
    'orders factors, popularity and random: $kind',
    async (interleaver) => {
      const rankers = ['factors', 'popularity', 'random'] as const
      const spec = contestSpec('duel', rankers, 250, { interleaver })
      const { summary } = await run(spec)
      const [popularity, random] = summary.contest!.challengers
      expect(popularity!.delta.low!).toBeGreaterThan(0)
      expect(random!.delta.low!).toBeGreaterThan(0)
      expect(summary.contest!.family).toMatchObject({ method: 'eBh', rejected: [true, true] })
      for (const { level } of summary.health.filter(({ kind }) => kind === 'p')) {
        expect(level).not.toBe('block')
      }
      expect(random!.outcomes!.noVote).toBe(summary.outcomes.noVote)
    },
    20_000,
  )
})

describe('a split', () => {
  it.each(['asymptotic', 'fixedUserT'] as const)(
    'finds more clicks for the learner than for random lists: %s',
    async (engine) => {
      const spec = contestSpec('split', ['learner', 'random'], 300, {
        ...able,
        analysis: { engine },
      })
      const { summary, batches } = await run(spec)
      expect(summary.verdict.state).toBe('aBetter')
      const [mine, theirs] = summary.contest!.clicksPerList!
      expect(mine!.n + theirs!.n).toBe(300)
      expect(mine!.low!).toBeGreaterThan(theirs!.high!)
      expect(summary.delta.value).toBeCloseTo(mine!.value! - theirs!.value!, 12)
      expect(summary.outcomes.noVote).toBe(summary.impressions)
      // every user saw the lists of one side only
      const sideOf = new Map<number, number>()
      for (const { chunk } of batches) {
        for (let i = 0; i < chunk.count; i++) {
          const list = chunk.team[i * chunk.k] === 0 ? chunk.listA : chunk.listB
          const row = (column: Int32Array) => column.slice(i * chunk.k, (i + 1) * chunk.k)
          expect(row(chunk.shown)).toEqual(row(list))
          const side = sideOf.get(chunk.user[i]!) ?? chunk.team[i * chunk.k]!
          expect(chunk.team[i * chunk.k]).toBe(side)
          sideOf.set(chunk.user[i]!, side)
        }
      }
    },
  )

  it('hashes users to arms of equal shares, each by himself', () => {
    const arms = armAssignment(30_000, 3, streams(5))
    const counts = [0, 1, 2].map((arm) => arms.filter((other) => other === arm).length)
    expect(sampleRatioTest(counts, [1 / 3, 1 / 3, 1 / 3]).level).toBe('ok')
    expect(armAssignment(100, 3, streams(5))).toEqual(arms.slice(0, 100))
    expect(armAssignment(100, 3, streams(6))).not.toEqual(arms.slice(0, 100))
  })

  it('checks that the arms hold their shares', async () => {
    const { summary } = await run(contestSpec('split', ['factors', 'random'], 120))
    const check = summary.health.find(({ id }) => id === 'sampleRatio')!
    expect(check).toMatchObject({ level: 'ok', n: 120 })
  })
})

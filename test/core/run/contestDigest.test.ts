import * as tf from '@tensorflow/tfjs'
import { beforeAll, describe, expect, it } from 'vitest'
import type { ComputeOps } from '#core/compute/ops'
import type { ExperimentSpec } from '#core/experimentSpec'
import { contestSpec } from '../../support/contestSpec.ts'
import { runToEnd } from '../../support/runToEnd.ts'
import { wasmOps } from '../../support/tensors.ts'

let ops: ComputeOps
beforeAll(async () => {
  ops = await wasmOps()
})

const run = (spec: ExperimentSpec, options?: Parameters<typeof runToEnd>[2]) =>
  runToEnd(ops, spec, options)

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

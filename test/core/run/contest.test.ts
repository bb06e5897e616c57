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

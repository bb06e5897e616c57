import * as tf from '@tensorflow/tfjs'
import { beforeAll, describe, expect, it } from 'vitest'
import type { ComputeOps } from '#core/compute/ops'
import { ExperimentSpec, type ExperimentSpecInput } from '#core/experimentSpec'
import { checkSpec } from '#core/specCheck/checkSpec'
import { runToEnd } from '../../support/runToEnd.ts'
import { smallSpec } from '../../support/smallSpec.ts'
import { wasmOps } from '../../support/tensors.ts'

let ops: ComputeOps
beforeAll(async () => {
  ops = await wasmOps()
})

const explorers: readonly NonNullable<ExperimentSpecInput['explorer']>[] = [
  { kind: 'dbgd', alpha: 0.5, credit: 'marginal' },
  { kind: 'mgd', alpha: 0.5, directions: 3 },
  { kind: 'es', pairs: 2 },
  { kind: 'genetic', alpha: 0.5, offspring: 2 },
  { kind: 'epsilonGreedy', epsilon: 0.3 },
  { kind: 'boltzmann' },
  { kind: 'none' },
]
const specOf = (explorer: (typeof explorers)[number], change: Partial<ExperimentSpecInput> = {}) =>
  ExperimentSpec.parse({
    ...smallSpec(),
    explorer: { duelImpressions: 20, ...explorer },
    ...change,
  })

describe.each(explorers)('explore by $kind', (explorer) => {
  it('gives the same digest for any batching and after a resume, and frees its tensors', async () => {
    const before = tf.memory().numTensors
    const spec = specOf(explorer)
    expect(checkSpec(spec).issues).toEqual([])
    const whole = await runToEnd(ops, spec)
    const one = await runToEnd(ops, spec, { usersPerCall: 1 })
    expect(one.summary.digest).toBe(whole.summary.digest)
    const rest = await runToEnd(ops, spec, { checkpoint: whole.checkpoints[5]! })
    expect(rest.summary).toEqual(whole.summary)
    expect(tf.memory().numTensors).toBe(before)
    expect(Number.isFinite(whole.summary.normRatio)).toBe(true)
  })

  it('shows its own side: duels where weights are drawn, none where lists are', async () => {
    const { summary } = await runToEnd(ops, specOf(explorer))
    const { won, lost, tied, void: empty } = summary.updates
    const duels = won + lost + tied + empty
    if (['epsilonGreedy', 'boltzmann', 'none'].includes(explorer.kind)) expect(duels).toBe(0)
    else expect(duels).toBe(Math.floor(summary.impressions / 20))
    const { a, b, tie } = summary.outcomes
    if (explorer.kind === 'none') {
      expect(a + b + tie).toBe(0)
      expect(summary.explorationCost.value).toBeCloseTo(0, 9)
      expect(summary.health.filter(({ level }) => level === 'block')).toEqual([])
    } else {
      expect(a + b).toBeGreaterThan(0)
    }
  })
})

describe('list explorers', () => {
  it('cost clicks in proportion to ε', async () => {
    const cost = async (epsilon: number) => {
      // a linear learner knows these tastes after a moment of pre-training
      const agent = { kind: 'linear' } as const
      const environment = { ...smallSpec().environment, types: 3, likeSame: 1, likeOther: 0 }
      const spec = specOf({ kind: 'epsilonGreedy', epsilon }, { agent, environment })
      const { summary } = await runToEnd(ops, spec)
      const ctr = (id: string) => summary.arms.find((arm) => arm.id === id)!.ctr.value!
      return [ctr('q'), ctr('explore'), ctr('random')] as const
    }
    const [greedy, none] = await cost(0)
    expect(none).toBe(greedy)
    const [q, all, random] = await cost(1)
    expect(all).toBeLessThan(q)
    expect(Math.abs(all - random)).toBeLessThan(q - all)
  })
})

describe('what does not fit together', () => {
  const issues = (change: Partial<ExperimentSpecInput>) => {
    const check = checkSpec({ name: 'x', environment: { kind: 'typedLatent' }, ...change })
    return check.issues.map(({ path, fix }) => ({ path, fix }))
  }
  it.each([
    [{ agent: { kind: 'ftrl' } }, 'explorer.kind', 'none'],
    [{ explorer: { kind: 'mgd', credit: 'marginal' } }, 'explorer.credit', 'rate'],
    [
      { explorer: { kind: 'dbgd', credit: 'marginal' }, interleaver: { kind: 'teamDraft' } },
      'explorer.credit',
      'rate',
    ],
    [
      { explorer: { kind: 'genetic' }, interleaver: { kind: 'optimized' } },
      'interleaver.kind',
      'teamDraft',
    ],
    [{ explorer: { kind: 'mgd', directions: 9 } }, 'explorer.directions', 5],
    [{ explorer: { kind: 'es', pairs: 5 } }, 'explorer.pairs', 3],
  ] as const)('%j is refused at %s with a fix', (change, path, fix) => {
    expect(issues(change)).toEqual([{ path, fix }])
  })
})

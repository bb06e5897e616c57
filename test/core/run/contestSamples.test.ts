import { beforeAll, describe, expect, it } from 'vitest'
import type { ComputeOps } from '#core/compute/ops'
import { samples } from '#core/samples/index'
import { runToEnd } from '../../support/runToEnd.ts'
import { wasmOps } from '../../support/tensors.ts'

let ops: ComputeOps
beforeAll(async () => {
  ops = await wasmOps()
})

describe('the samples with named rankers end as their hypothesis says', () => {
  it('ddqn-vs-popularity and split: the network is better, and a duel shows it sooner', async () => {
    const duel = await runToEnd(ops, samples['ddqn-vs-popularity'].spec, { seed: 1 })
    const split = await runToEnd(ops, samples.split.spec, { seed: 1 })
    expect(duel.summary.verdict.state).toBe('aBetter')
    expect(split.summary.verdict.state).toBe('aBetter')
    expect(duel.summary.decidedAtUser!).toBeLessThan(split.summary.decidedAtUser!)
  }, 60_000)

  it('multileave: preferred to popularity, not to matrix factorisation', async () => {
    const { summary } = await runToEnd(ops, samples.multileave.spec, { seed: 1 })
    const [factors, popularity] = summary.contest!.challengers
    expect(factors!.verdict.state).not.toBe('aBetter')
    expect(popularity!.verdict.state).toBe('aBetter')
    expect(summary.arms.find(({ id }) => id === 'side2')!.ctr.n).toBe(300)
  }, 60_000)
})

import { beforeAll, describe, expect, it } from 'vitest'
import type { ComputeOps } from '#core/compute/ops'
import type { ExperimentSpec } from '#core/experimentSpec'
import { measureSensitivity, type Sensitivity } from '#core/run/sensitivity'
import { contestSpec } from '../../support/contestSpec.ts'
import { wasmOps } from '../../support/tensors.ts'

let ops: ComputeOps
beforeAll(async () => {
  ops = await wasmOps()
})

async function measured(spec: ExperimentSpec, seeds: readonly number[]) {
  const shares: number[] = []
  let result: Sensitivity | undefined
  for await (const step of measureSensitivity({ spec, seeds, ops, ratings: null })) {
    if (step.type === 'progress') shares.push(step.share)
    else result = step.result
  }
  return { shares, result: result! }
}

describe('sensitivity', () => {
  it('of interleaving is higher than of an A/B test, by both routes', async () => {
    const spec = contestSpec('duel', ['factors', 'random'], 300)
    const { shares, result } = await measured(spec, [1, 2, 3])
    expect(shares.every((share, i) => i === 0 || share >= shares[i - 1]!)).toBe(true)
    expect(shares.at(-1)).toBe(1)
    expect(result.abMetric).toBe('clicks per list, mean over users')
    expect(result.pairs).toHaveLength(3)
    for (const { zInterleaving, zAb, nInterleaving, nAb } of result.pairs) {
      expect(zInterleaving).toBeGreaterThan(0)
      expect(zAb).toBeGreaterThan(0)
      expect(nInterleaving).toBe(nAb) // the same visits in both designs
    }
    for (const route of [result.byEvidence, result.bySign]) {
      expect(route.interval!.low).toBeGreaterThan(1)
      expect(route.pooled!).toBeGreaterThanOrEqual(route.interval!.low)
      expect(route.pooled!).toBeLessThanOrEqual(route.interval!.high)
    }
    expect((await measured(spec, [1, 2, 3])).result).toEqual(result)
  }, 20_000)

  it('has no ratio where there is no difference, and asks for two rankers', async () => {
    const same = contestSpec('duel', ['popularity', 'popularity'], 40, {
      interleaver: { kind: 'teamDraft' },
    })
    const { result } = await measured(same, [1])
    expect(result.byEvidence).toMatchObject({ pooled: null, interval: null })
    expect(result.bySign.pooled).toBeNull()
    const three = contestSpec('duel', ['factors', 'random', 'popularity'])
    await expect(measured(three, [1])).rejects.toThrow('rankers has 3 entries')
  })
})

import { beforeAll, describe, expect, it } from 'vitest'
import type { ComputeOps } from '#core/compute/ops'
import { planNeeds } from '#core/planNeeds'
import { challengerMetrics, pointIndex } from '#core/run/point'
import { checkSpec } from '#core/specCheck/checkSpec'
import { signTestPower } from '#core/stats/powerInterleaving'
import { verdictSentence } from '#core/verdictSentence'
import { contestSpec } from '../../support/contestSpec.ts'
import { last } from '../../support/last.ts'
import { runToEnd } from '../../support/runToEnd.ts'
import { smallSpec } from '../../support/smallSpec.ts'
import { wasmOps } from '../../support/tensors.ts'

let ops: ComputeOps
beforeAll(async () => {
  ops = await wasmOps()
})

describe('guardrails', () => {
  it('are breached by a floor that the served lists miss, and say so in the second line', async () => {
    const guardrails = { ctrFloor: 0.98, diversityFloor: 10_000 }
    const spec = contestSpec('duel', ['factors', 'random'], 60, { analysis: { guardrails } })
    const { summary } = await runToEnd(ops, spec)
    const [ctr, diversity] = summary.guardrails!
    expect(ctr).toMatchObject({ id: 'ctrFloor', state: 'breached', limit: 0.98 })
    const clicks = (id: string) => summary.arms.find((arm) => arm.id === id)!.ctr.value!
    expect(ctr!.estimate.value).toBeCloseTo(clicks('served') / clicks('q'), 10)
    expect(ctr!.estimate.high).toBeLessThan(0.98)
    expect(diversity).toMatchObject({ id: 'diversityFloor', state: 'breached' })
    expect(verdictSentence(summary, 'en').second).toContain('the floor is 98\u00a0%')
    expect(verdictSentence(summary, 'zh-CN').second).toContain('护栏指标被突破')
    // outside the family: the verdict is what it is without them
    const bare = await runToEnd(ops, { ...spec, analysis: { ...spec.analysis, guardrails: off } })
    expect(bare.summary.guardrails).toBeUndefined()
    expect(bare.summary.verdict).toEqual(summary.verdict)
  })

  it('hold where nothing gets worse, and latency is no part of a result', async () => {
    const plain = { ...smallSpec({ alpha: 0 }), interleaver: draft }
    const analysis = { ...plain.analysis, guardrails: { ...off, ctrFloor: 0.9, latencyCeiling: 1 } }
    const { summary } = await runToEnd(ops, { ...plain, analysis })
    expect(summary.guardrails).toHaveLength(1)
    expect(summary.guardrails![0]).toMatchObject({ state: 'holds' })
    expect(summary.guardrails![0]!.estimate.value).toBeCloseTo(1, 10) // L̃ = L, shown as it is
  })
})

const draft = { kind: 'teamDraft', sharedDocs: 'drawer' } as const
const off = { ctrFloor: 0, diversityFloor: 0, latencyCeiling: 0 }

describe('several challengers', () => {
  it('have a curve each, that ends where the summary does', async () => {
    const spec = contestSpec('duel', ['factors', 'random', 'popularity'], 60, {
      interleaver: { kind: 'teamDraft' },
      analysis: { correction: 'holm' },
    })
    const { summary, batches } = await runToEnd(ops, spec)
    const { point } = last(batches)
    const { challengers, family } = summary.contest!
    expect(family.method).toBe('holm')
    challengers.forEach(({ delta }, i) => {
      const metrics = challengerMetrics[i]!
      expect(point[pointIndex[metrics.delta]]).toBe(delta.value)
      expect(point[pointIndex[metrics.low]]).toBe(delta.low)
      expect(point[pointIndex[metrics.high]]).toBe(delta.high)
    })
    expect(point[pointIndex.deltaD]).toBeNaN()
  })
})

describe('what a plan needs', () => {
  const plan = (analysis: object) =>
    planNeeds({ ...smallSpec(), analysis: { ...smallSpec().analysis, ...analysis } })!

  it('is the sustained exact size of the smallest effect', () => {
    expect(plan({}).required).toBeNull()
    const { required, power } = plan({ minimumEffect: 0.05 })
    expect(required).toMatchObject({ effect: 0.05, votes: 820 })
    expect(signTestPower(820, 0.55, 0.05)).toBeGreaterThanOrEqual(power)
    expect(plan({ minimumEffect: 0.1 }).required!.users).toBeLessThan(required!.users)
  })

  it('agrees with the effect that its users can find', () => {
    const { detectable } = plan({})
    const { required } = plan({ minimumEffect: detectable })
    // the formula and the exact search differ by a few votes
    expect(required!.users / smallSpec().traffic.users).toBeCloseTo(1, 0)
  })

  it('is not known of a split, and tells of methods that need a word', () => {
    expect(planNeeds(contestSpec('split', ['random', 'random']))).toBeNull()
    const biased = { ...smallSpec(), interleaver: { kind: 'balanced' } as const }
    expect(planNeeds(biased)!.method).toMatchObject({ unbiased: false, measure: 'vote' })
  })
})

describe('a correction', () => {
  it.each([
    ['betting', 'hommel'],
    ['fixedUserT', 'eBh'],
  ] as const)('of the engine %s is not %s', (engine, correction) => {
    const { issues } = checkSpec(
      contestSpec('duel', ['random', 'random'], 60, { analysis: { engine, correction } }),
    )
    expect(issues).toMatchObject([{ path: 'analysis.correction', fix: 'auto' }])
  })
})

import { beforeAll, describe, expect, it } from 'vitest'
import type { ComputeOps } from '#core/compute/ops'
import { ExperimentSpec, type ExperimentSpecInput } from '#core/experimentSpec'
import { interleavers } from '#core/interleaver/index'
import { ClickSpec, InterleaverSpec } from '#core/servingParams'
import { verdictSentence } from '#core/verdictSentence'
import { contestSpec } from '../../support/contestSpec.ts'
import { runToEnd } from '../../support/runToEnd.ts'
import { smallSpec } from '../../support/smallSpec.ts'
import { wasmOps } from '../../support/tensors.ts'

let ops: ComputeOps
beforeAll(async () => {
  ops = await wasmOps()
})

const kinds = InterleaverSpec.options.map((option) => option.shape.kind.value)
type Kind = (typeof kinds)[number]

const duelBy = (
  kind: Kind,
  analysis: ExperimentSpecInput['analysis'] = { engine: 'fixedUserT' },
  change: Partial<ExperimentSpecInput> = {},
) =>
  contestSpec('duel', ['factors', 'random'], 200, {
    interleaver: { kind },
    analysis,
    ...change,
  })

describe('every registered method serves runs', () => {
  it('is every registered method', () => {
    expect([...kinds].sort()).toEqual(Object.keys(interleavers).sort())
  })

  it.each(kinds)('%s prefers the better ranker', async (kind) => {
    const { summary } = await runToEnd(ops, duelBy(kind))
    expect(summary.verdict.state).toBe('aBetter')
    expect(summary.delta.value).toBeGreaterThan(0)
    expect(summary.delta.low).toBeGreaterThan(0)
    const { unbiased, measure } = interleavers[kind]
    expect(summary.method).toEqual(
      unbiased && measure === 'vote' ? undefined : { kind, measure, unbiased },
    )
    const { second } = verdictSentence(summary, 'en')
    expect(second.includes('is not unbiased')).toBe(!unbiased)
    expect(second.includes('have no bound')).toBe(measure === 'score')
  })

  it.each(['pairwisePreference', 'sampleOnlyScored'] as const)('%s explores', async (kind) => {
    const spec = ExperimentSpec.parse({
      ...smallSpec(),
      interleaver: { kind },
      analysis: { engine: 'fixedUserT' },
    })
    const { summary } = await runToEnd(ops, spec)
    expect(summary.updates.won + summary.updates.lost).toBeGreaterThan(0)
    expect(summary.delta.low).not.toBeNull()
  })
})

describe('optimized interleaving', () => {
  it('says when no law of its lists favours nobody, and withholds the verdict', async () => {
    const by = (rankers: Parameters<typeof contestSpec>[1]) =>
      contestSpec('duel', rankers, 20, { interleaver: { kind: 'optimized' } })
    const two = await runToEnd(ops, by(['staticBest', 'random']))
    expect(two.summary.health.find(({ id }) => id === 'balancedLaw')?.level).not.toBe('block')
    const three = await runToEnd(ops, by(['staticBest', 'random', 'popularity']))
    expect(three.summary.verdict).toMatchObject({ state: 'invalid', reason: 'balancedLaw' })
    expect(verdictSentence(three.summary, 'en').headline).toContain('favours a ranker')
  })
})

describe('scores without a bound', () => {
  it('have no interval before 50 users, and say why', async () => {
    const early = contestSpec('duel', ['staticBest', 'random'], 30, {
      interleaver: { kind: 'pairwisePreference' },
      analysis: { engine: 'asymptotic' },
    })
    const { summary } = await runToEnd(ops, early)
    expect(summary.verdict).toMatchObject({ state: 'insufficient', reason: 'fewerThanFiftyUsers' })
    expect(summary.delta).toMatchObject({ low: null, high: null, reason: 'notEstimable' })
  })

  it('bet under a locked bound, and are invalid beyond it', async () => {
    const wide = await runToEnd(ops, duelBy('pairwisePreference', { scoreBound: 500 }))
    expect(wide.summary.verdict.state).toBe('undecided')
    expect(wide.summary.health.find(({ id }) => id === 'scoreBound')).toMatchObject({
      level: 'ok',
      value: 0,
    })
    expect(wide.summary.delta.high).toBeLessThan(500)
    const narrow = await runToEnd(ops, duelBy('pairwisePreference', { scoreBound: 0.5 }))
    expect(narrow.summary.verdict).toMatchObject({ state: 'invalid', reason: 'scoreBound' })
    expect(verdictSentence(narrow.summary, 'en').headline).toContain('beyond the locked bound')
    expect(verdictSentence(narrow.summary, 'zh-CN').headline).toContain('上界 M')
  })

  it('resume to the same digest, bounded or not', async () => {
    for (const analysis of [{ engine: 'asymptotic' }, { scoreBound: 3 }] as const) {
      const spec = duelBy('debiasedBalanced', analysis)
      const whole = await runToEnd(ops, spec)
      const resumed = await runToEnd(ops, spec, { checkpoint: whole.checkpoints[10]! })
      expect(resumed.summary).toEqual(whole.summary)
    }
  })
})

describe('click models', () => {
  it.each(ClickSpec.options.map((option) => option.shape.kind.value))(
    '%s gives runs whose served clicks are as expected',
    async (kind) => {
      const spec = contestSpec('duel', ['staticBest', 'random'], 60, { click: { kind } })
      const { summary } = await runToEnd(ops, spec)
      const served = summary.arms.find(({ id }) => id === 'served')!.ctr
      const shown = summary.impressions * spec.traffic.listLength
      // expected and drawn clicks of the same lists; 5 standard errors of a Poisson count, at most
      expect(Math.abs(summary.clicks - served.value! * shown)).toBeLessThan(
        5 * Math.sqrt(summary.clicks) + 1,
      )
      expect(summary.clicks).toBeGreaterThan(0)
    },
  )
})

import { beforeAll, describe, expect, it } from 'vitest'
import { memory } from '@tensorflow/tfjs-core'
import type { ComputeOps } from '#core/compute/ops'
import { ExperimentSpec, type ExperimentSpecInput } from '#core/experimentSpec'
import { openPreview, type OpenedPreview } from '#core/preview/openPreview'
import type { PlanPreview } from '#core/preview/planPreview'
import { previewPlan } from '#core/preview/previewPlan'
import { smallSpec as smallWorld, worldKey } from '#core/preview/smallSpec'
import { strengthOf } from '#core/preview/strength'
import { ExplorerSpec } from '#core/explorer/params'
import { outcomeCodes } from '#core/run/batch'
import { decisivePower, powerInterleaving } from '#core/stats/powerInterleaving'
import { contestSpec } from '../../support/contestSpec.ts'
import { runToEnd } from '../../support/runToEnd.ts'
import { smallSpec } from '../../support/smallSpec.ts'
import { wasmOps } from '../../support/tensors.ts'

const nothing = { ratings: null, models: {} }
let ops: ComputeOps
beforeAll(async () => {
  ops = await wasmOps()
})

function opened(plan: ExperimentSpec): OpenedPreview {
  const steps = openPreview(smallWorld(plan).spec, ops, nothing)
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}

const shown = (world: OpenedPreview, plan: ExperimentSpec): PlanPreview => {
  const { spec, smaller } = smallWorld(plan)
  return previewPlan(world, spec, plan, smaller)
}

const withAlpha = (alpha: number) => smallSpec({ alpha })

describe('the preview of an exploration', () => {
  let world: OpenedPreview
  beforeAll(() => {
    world = opened(withAlpha(0.3))
  })

  it('follows α and nothing else', () => {
    const near = shown(world, withAlpha(0.05))
    const far = shown(world, withAlpha(1))
    expect(near.lists.map(({ a }) => a)).toEqual(far.lists.map(({ a }) => a))
    expect(near.clicks.a).toBe(far.clicks.a)
    expect(near.overlap.mean).toBeGreaterThan(far.overlap.mean + 0.1)
    expect(near.votes!.ties).toBeGreaterThan(far.votes!.ties)
    expect(shown(world, withAlpha(0.05))).toEqual(near)
    expect(far.curve).toBe(near.curve)
  })

  it('shows the same list twice at α = 0: no vote is decisive, so no number of users is told', () => {
    const none = shown(world, withAlpha(0))
    expect(none.overlap).toEqual({ mean: 1, low: 1, high: 1 })
    expect(none.votes!.identical).toBe(1)
    expect(none.needs).toBeNull()
    expect(none.power).toBeNull()
    expect(none.curve!.overlap[0]!.mean).toBe(1)
  })

  it('has a curve that falls with α, through deciles in order', () => {
    const { x, overlap } = shown(world, withAlpha(0.3)).curve!
    expect(x[0]).toBe(0)
    expect(overlap.at(-1)!.mean).toBeLessThan(overlap[2]!.mean)
    for (const { low, mean, high } of overlap) {
      expect(low).toBeLessThanOrEqual(mean + 1e-12)
      expect(high).toBeGreaterThanOrEqual(mean - 1e-12)
    }
  })

  it('names the users that the smallest effect needs, by the rates that it found', () => {
    const plan = withAlpha(0.3)
    const found = shown(world, { ...plan, analysis: { ...plan.analysis, minimumEffect: 0.05 } })
    const { required, assumed } = found.needs!
    expect(assumed).toMatchObject({
      tieRate: found.votes!.ties,
      noVoteRate: found.votes!.noVotes,
    })
    const { users, power, isNamed, effect } = found.power!
    expect({ isNamed, effect }).toEqual({ isNamed: true, effect: 0.05 })
    expect(power[0]).toBeLessThan(0.05)
    expect(power.at(-1)).toBeGreaterThan(power[20]!)
    const enough = users.findIndex((_, i) => power[i]! >= 0.8)
    if (enough > 0) expect(users[enough]! / required!.users).toBeCloseTo(1, 0)
  })

  it('frees every tensor, also when it is given up half-way', () => {
    world.dispose()
    const before = memory().numTensors
    const steps = openPreview(withAlpha(0.1), ops, nothing)
    steps.next()
    steps.next()
    steps.next()
    steps.return(undefined as never)
    expect(memory().numTensors).toBe(before)
  })
})

describe('previews of other designs', () => {
  it('say what a run of the same plan gives first', async () => {
    const plan = smallSpec(
      { alpha: 0.5, minorRule: 'none' },
      { impressionsPerUser: 6 },
      { majorEveryDuels: 0 },
    )
    const world = opened(plan)
    const { votes, clicks } = shown(world, plan)
    world.dispose()
    const { batches } = await runToEnd(ops, plan)
    const outcomes = batches.flatMap(({ chunk }) => [...chunk.outcome])
    const share = (outcome: (typeof outcomeCodes)[number]) =>
      outcomes.filter((code) => outcomeCodes[code] === outcome).length / outcomes.length
    expect(Math.abs(votes!.ties - share('tie'))).toBeLessThan(0.08)
    expect(Math.abs(votes!.noVotes - share('noVote'))).toBeLessThan(0.08)
    expect(clicks.a).toBeGreaterThan(0)
  })

  it('compare the rankings of a duel without a curve, and take no votes in a split', () => {
    for (const design of ['duel', 'split'] as const) {
      const plan = contestSpec(design, ['learner', 'popularity'])
      const world = opened(plan)
      const { curve, votes, overlap, lists } = shown(world, plan)
      world.dispose()
      expect(curve).toBeNull()
      expect(lists).toHaveLength(6)
      expect(overlap.mean).toBeLessThan(1)
      expect(votes === null).toBe(design === 'split')
    }
  })

  it.each(['mgd', 'es', 'genetic', 'epsilonGreedy', 'boltzmann', 'none'] as const)(
    'work for the explorer %s',
    (kind) => {
      const explorer = ExplorerSpec.parse({ kind, duelImpressions: 30 })
      const plan = { ...smallSpec(), explorer }
      const world = opened(plan)
      const { curve, votes } = shown(world, plan)
      world.dispose()
      expect(curve === null).toBe(strengthOf(explorer) === null)
      expect(votes!.impressions).toBeGreaterThan(100)
    },
  )

  it.each(['news', 'sessions'] as const)('work in the world of %s', (kind) => {
    const small = {
      news: { kind: 'news' as const, users: 30, days: 0.5, logDays: 0.2, newsPerHour: 12 },
      sessions: { kind: 'sessions' as const, users: 40, logUsers: 30 },
    }
    const input: ExperimentSpecInput = {
      ...smallSpec({}, { poolSize: 30 }, { pretrainSteps: 5 }),
      environment: small[kind],
    }
    const plan = ExperimentSpec.parse(input)
    const world = opened(plan)
    const { lists, overlap } = shown(world, plan)
    world.dispose()
    expect(lists[0]!.a.length).toBeGreaterThan(0)
    expect(overlap.mean).toBeGreaterThan(0)
  })
})

describe('the world of a preview', () => {
  it('is that of the plan where it is small, and says where it is not', () => {
    expect(smallWorld(smallSpec()).smaller).toEqual([])
    const large = ExperimentSpec.parse({
      name: 'large',
      environment: { kind: 'lowRank', items: 1_000_000, users: 100_000 },
      agent: { kind: 'drn', pretrainSteps: 9000 },
    })
    const { spec, smaller } = smallWorld(large)
    expect(smaller).toEqual(['world', 'pretraining'])
    expect(spec.environment).toMatchObject({ items: 5000, users: 500 })
  })

  it('stays while the explorer, the method or the analysis change', () => {
    const key = (spec: ExperimentSpec) => worldKey(smallWorld(spec).spec)
    const plan = smallSpec()
    const other = {
      ...smallSpec({ alpha: 0.9, eta: 0.2 }, { users: 900 }),
      analysis: { ...plan.analysis, errorRate: 0.1 },
    }
    expect(key(other)).toBe(key(plan))
    expect(key({ ...plan, traffic: { ...plan.traffic, poolSize: 60 } })).not.toBe(key(plan))
  })
})

it('power by the normal formula is what its sizes were made for', () => {
  const plan = { alpha: 0.05, tieRate: 0, noVoteRate: 0, meanImpressionsPerUser: 1, icc: 0 }
  for (const p of [0.52, 0.6]) {
    const { decisive } = powerInterleaving(p, { ...plan, power: 0.8 })!
    expect(decisivePower(decisive, p, 0.05)).toBeCloseTo(0.8, 10)
  }
})

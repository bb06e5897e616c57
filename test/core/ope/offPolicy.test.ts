import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clipSweep, weightDiagnostics, weightHistogram } from '#core/ope/diagnostics'
import { offPolicyEstimators, type OffPolicyEstimatorId } from '#core/ope/estimators'
import { loggedRounds } from '#core/ope/loggedRounds'

const options = { clip: 5, switchAt: 5, shrinkage: 1 }
const ids = Object.keys(offPolicyEstimators) as OffPolicyEstimatorId[]
const none = { weight: [], reward: [], predicted: [], value: [] }

const round = fc.record({
  weight: fc.double({ min: 0, max: 8, noNaN: true }),
  reward: fc.constantFrom(0, 1),
  predicted: fc.double({ min: 0, max: 1, noNaN: true }),
  value: fc.double({ min: 0, max: 1, noNaN: true }),
})
const columns = (
  rows: readonly { weight: number; reward: number; predicted: number; value: number }[],
) => ({
  weight: rows.map((r) => r.weight),
  reward: rows.map((r) => r.reward),
  predicted: rows.map((r) => r.predicted),
  value: rows.map((r) => r.value),
})

describe('off-policy estimators', () => {
  it.each(ids)('%s is finite or null with a reason', (id) => {
    fc.assert(
      fc.property(fc.array(round, { maxLength: 20 }), (rows) => {
        const { value, se, reason } = offPolicyEstimators[id](columns(rows), options)
        expect(value === null).toBe(reason !== null)
        if (value !== null) expect(Number.isFinite(value)).toBe(true)
        if (se !== null) expect(se >= 0).toBe(true)
      }),
    )
    expect(offPolicyEstimators[id](none, options)).toMatchObject({
      value: null,
      reason: 'noRounds',
    })
  })

  it('all give the mean reward when the policy is the logging one', () => {
    const rows = [1, 0, 0, 1, 1].map((reward) => ({
      weight: 1,
      reward,
      predicted: 0.3,
      value: 0.3,
    }))
    for (const id of ids) {
      if (id === 'dm' || id === 'drOs') continue // biased by their reward model, by design
      expect(offPolicyEstimators[id](columns(rows), options).value, id).toBeCloseTo(0.6, 12)
    }
  })

  it('need a reward model where they use one', () => {
    const rounds = { weight: [1], reward: [1], predicted: null, value: null }
    for (const id of ['dm', 'dr', 'drClipped', 'sndr', 'switchDr', 'drOs'] as const) {
      expect(offPolicyEstimators[id](rounds, options).reason).toBe('noRewardModel')
    }
  })
})

describe('logged rounds', () => {
  const decision = { action: 0, propensity: 0.5, reward: 1, target: [0.2, 0.8] }

  it('are refused where the policy goes beyond the support of the log', () => {
    expect(loggedRounds([{ ...decision, logging: [1, 0] }])).toBeNull()
    expect(loggedRounds([{ ...decision, logging: [0.5, 0.5] }])?.weight).toEqual([0.4])
    expect(() => loggedRounds([{ ...decision, propensity: 0 }])).toThrow('propensity 0')
  })

  it('have no reward model unless every round has', () => {
    const modelled = { ...decision, predicted: [0.5, 0.25] }
    expect(loggedRounds([modelled])?.value).toEqual([0.2 * 0.5 + 0.8 * 0.25])
    expect(loggedRounds([modelled, decision])).toMatchObject({ predicted: null, value: null })
  })
})

describe('weight diagnostics', () => {
  it('counts effective rounds: all for equal weights, one for a single weight', () => {
    const of = (weight: number[]) =>
      weightDiagnostics({ weight, reward: weight.map(() => 0), predicted: null, value: null }, 10)
    expect(of([1, 1, 1]).ess).toBeCloseTo(3, 12)
    expect(of([0, 7, 0])).toMatchObject({ ess: 1, maxWeightShare: 1 })
    expect(of([1, 1, 1]).meanWeightZ).toBeNull()
    expect(of([])).toMatchObject({ ess: 0, essRatio: null, maxWeight: null, level: 'ok' })
  })

  it('alarms outside the range of rewards and far from a mean weight of 1', () => {
    const rounds = { weight: [3, 3.1, 0.1], reward: [1, 1, 0], predicted: null, value: null }
    expect(weightDiagnostics(rounds, 10)).toMatchObject({ outsideRange: true, level: 'block' })
    const far = { weight: [5, 5.1, 4.9], reward: [0, 0, 0], predicted: null, value: null }
    expect(weightDiagnostics(far, 10)).toMatchObject({ outsideRange: false, level: 'block' })
  })

  it('bins every weight once', () => {
    const { zeros, bins } = weightHistogram([0, 0.5, 0.5, 1, 9.9, 10, 1000])
    expect(zeros).toBe(1)
    expect(bins.reduce((total, b) => total + b.count, 0)).toBe(6)
    for (const { from, to } of bins) expect(to / from).toBeCloseTo(10 ** 0.25, 12)
  })

  it('sweeps the clip towards the unclipped value', () => {
    const rounds = { weight: [0.5, 4], reward: [1, 1], predicted: null, value: null }
    const sweep = clipSweep(rounds, [1, 2, 4, 100])
    expect(sweep.map(({ ips }) => ips)).toEqual([0.75, 1.25, 2.25, 2.25])
    expect(sweep.every(({ snips }) => snips === 1)).toBe(true)
  })
})

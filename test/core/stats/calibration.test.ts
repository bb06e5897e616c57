import { describe, expect, it } from 'vitest'
import {
  calibrate,
  clusteredPopulation,
  preferring,
  softPopulation,
  sparsePopulation,
} from '#core/stats/calibration'
import { clusteredCoverage, engineCoverage } from '#core/stats/calibration/coverage'
import { falsePositives, type PreferenceTest } from '#core/stats/calibration/falsePositives'
import { sampleRatioAlarms } from '#core/stats/calibration/sampleRatioAlarms'
import type { Population } from '#core/stats/calibration/simulatedUsers'
import { stoppingTimes } from '#core/stats/calibration/stopping'

const alpha = 0.05
/** Three binomial standard errors at the nominal rate. */
const slack = (runs: number) => 3 * Math.sqrt((alpha * (1 - alpha)) / runs)

function rates(tests: readonly PreferenceTest[], population: Population, runs: number) {
  const found = falsePositives(tests, population, { runs, alpha, seed: 11 })
  return Object.fromEntries(found.map(({ test, rate }) => [test, rate]))
}

// The short form of `calibrate`: the same code, fewer runs.
describe('calibration', () => {
  const runs = 200

  it('holds the error rate on clustered A/A traffic, which impression-level methods do not', () => {
    const found = rates(
      ['betting', 'betaBinomial', 'asymptotic', 'fixedUserT', 'impressionZ', 'impressionEProcess'],
      clusteredPopulation,
      runs,
    )
    for (const id of ['betting', 'betaBinomial', 'asymptotic', 'fixedUserT']) {
      expect(found[id], id).toBeLessThanOrEqual(alpha + slack(runs))
    }
    expect(found.impressionZ).toBeGreaterThan(alpha + slack(runs))
    expect(found.impressionEProcess).toBeGreaterThan(alpha + slack(runs))
  })

  it.each([
    ['many no-votes, ties and heavy users', sparsePopulation],
    ['soft votes', softPopulation],
  ])('holds the error rate with %s', (_name, population) => {
    const found = rates(['betting', 'asymptotic'], population, 150)
    expect(found.betting).toBeLessThanOrEqual(alpha + slack(150))
    expect(found.asymptotic).toBeLessThanOrEqual(alpha + slack(150))
  })

  it.each([0, 0.02, 0.1])('covers Δ = %d at all looks', (delta) => {
    const size = { runs: 120, alpha, seed: 12 }
    const floor = 1 - alpha - slack(size.runs)
    expect(engineCoverage('betting', preferring(delta), size)).toBeGreaterThanOrEqual(floor)
    expect(engineCoverage('asymptotic', preferring(delta), size)).toBeGreaterThanOrEqual(floor)
  })

  it('stops on a preference, on the right side, later than one fixed look would', () => {
    const population = { ...preferring(0.1), users: 400 }
    const result = stoppingTimes(population, 'betting', { runs: 60, alpha, seed: 13 })
    expect(result.power).toBeGreaterThan(0.9)
    expect(result.wrongSide!).toBeLessThan(alpha)
    expect(result.meanUsers!).toBeGreaterThan(20)
    expect(result.fixedUsers!).toBeGreaterThan(20)
    expect(result.fixedUsers!).toBeLessThan(400)
  })

  it('alarms rarely on a fair split that is looked at every day', () => {
    expect(sampleRatioAlarms(14, 200, { runs: 200, alpha, seed: 14 })).toBeLessThanOrEqual(alpha)
  })

  it('covers with user-clustered intervals from 30 users on', () => {
    const size = { runs: 400, alpha, seed: 15 }
    const found = clusteredCoverage({ ...preferring(0.02), users: 60 }, size, 200)
    const floor = 0.93 - slack(size.runs)
    expect(found.clusterRobust).toBeGreaterThanOrEqual(floor)
    expect(found.percentile).toBeGreaterThanOrEqual(floor)
    expect(found.bca).toBeGreaterThanOrEqual(floor)
  })

  it('reports all of it, and the same for the same seed', () => {
    const size = { runs: 2, alpha, seed: 16 }
    const report = calibrate(size)
    expect(calibrate(size)).toEqual(report)
    expect(report.falsePositives.soft).toHaveLength(10)
    expect(report.coverage.map(({ delta }) => delta)).toEqual([0, 0.02, 0.1])
  })
})

import { calibrate, clusteredPopulation } from '#core/stats/calibration'
import type { CalibrationStudy } from './calibrationPage.ts'
import { peekedRuns } from './peekedRuns.ts'
import { plannedPower } from './plannedPower.ts'

const looks = 50

/** Everything that docs/study-calibration.md holds. */
export function calibrationStudy(size: {
  readonly runs: number
  readonly powerRuns: number
  readonly alpha: number
  readonly seed: number
}): CalibrationStudy {
  const { powerRuns, ...rest } = size
  const { alpha, seed } = rest
  const plans = [0.52, 0.55, 0.6].map((p) => plannedPower(p, 0.8, { runs: powerRuns, alpha, seed }))
  return {
    report: calibrate(rest),
    looks,
    peeked: peekedRuns(clusteredPopulation, rest, looks),
    power: plans,
    powerRuns,
  }
}

import { clusteredCoverage, engineCoverage } from './calibration/coverage.ts'
import {
  falsePositives,
  preferenceTestIds,
  type FalsePositives,
} from './calibration/falsePositives.ts'
import type { CalibrationSize } from './calibration/runs.ts'
import { sampleRatioAlarms } from './calibration/sampleRatioAlarms.ts'
import type { Population } from './calibration/simulatedUsers.ts'
import { stoppingTimes, type StoppingTimes } from './calibration/stopping.ts'

/** The clustered A/A population of the specification: tastes Beta(2, 2), 1 to 9 votes each. */
export const clusteredPopulation: Population = {
  users: 300,
  taste: { kind: 'beta', a: 2, b: 2 },
  activity: { kind: 'uniform', from: 1, to: 9 },
  tieRate: 0,
  noVoteRate: 0,
  soft: false,
}

/** Half no-votes, 40 % ties, few heavy users. */
export const sparsePopulation: Population = {
  ...clusteredPopulation,
  activity: { kind: 'zipf', exponent: 1.7, cap: 200 },
  tieRate: 0.4,
  noVoteRate: 0.5,
}

/** Vote values as probabilistic interleaving gives them. */
export const softPopulation: Population = { ...sparsePopulation, soft: true }

/** The clustered population with a preference Δ for A. */
export function preferring(delta: number): Population {
  const mean = 0.5 + delta
  return { ...clusteredPopulation, taste: { kind: 'beta', a: 4 * mean, b: 4 * (1 - mean) } }
}

/** What the engines do on traffic whose truth is known. Rates are per run. */
export interface CalibrationReport {
  readonly size: CalibrationSize
  /** Without any preference, by population and method. */
  readonly falsePositives: Readonly<
    Record<'clustered' | 'sparse' | 'soft', readonly FalsePositives[]>
  >
  /** At all looks, by true Δ. */
  readonly coverage: readonly {
    readonly delta: number
    readonly betting: number
    readonly asymptotic: number
    readonly fixedUserT: number
  }[]
  /** Of the intervals of the secondary analysis, with 60 users. */
  readonly clustered: ReturnType<typeof clusteredCoverage>
  /** At Δ = 0.05, with 1000 users to come. */
  readonly stopping: Readonly<Record<'betting' | 'betaBinomial' | 'asymptotic', StoppingTimes>>
  /** Share of fair splits with an alarm in 30 daily looks. */
  readonly sampleRatioAlarms: number
}

/**
 * Measures the shipped inference on simulated traffic: false positives under peeking after every
 * user, coverage at all looks, power and stopping times, and alarms of the live split check.
 */
export function calibrate(size: CalibrationSize): CalibrationReport {
  const effect = { ...preferring(0.05), users: 1000 }
  return {
    size,
    falsePositives: {
      clustered: falsePositives(preferenceTestIds, clusteredPopulation, size),
      sparse: falsePositives(preferenceTestIds, sparsePopulation, size),
      soft: falsePositives(preferenceTestIds, softPopulation, size),
    },
    coverage: [0, 0.02, 0.1].map((delta) => ({
      delta,
      betting: engineCoverage('betting', preferring(delta), size),
      asymptotic: engineCoverage('asymptotic', preferring(delta), size),
      fixedUserT: engineCoverage('fixedUserT', preferring(delta), size),
    })),
    clustered: clusteredCoverage({ ...preferring(0.02), users: 60 }, size, 999),
    stopping: {
      betting: stoppingTimes(effect, 'betting', size),
      betaBinomial: stoppingTimes(effect, 'betaBinomial', size),
      asymptotic: stoppingTimes(effect, 'asymptotic', size),
    },
    sampleRatioAlarms: sampleRatioAlarms(30, 1000, size),
  }
}

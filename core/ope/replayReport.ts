import type { Estimate } from '#core/run/summary'
import type { HealthLevel } from '#core/stats/healthLevel'
import type { WeightDiagnostics, weightHistogram } from './diagnostics.ts'
import type { ReplayEstimatorId } from './estimatorSums.ts'
import type { PropensityChecks } from './propensityChecks.ts'
import type { ReplaySpec } from './replaySpec.ts'
import type { SlateEstimatorId } from './slates.ts'

/** An estimate with its standard error, as if rounds were independent, beside the interval. */
interface ReplayEstimate extends Estimate {
  readonly id: ReplayEstimatorId
  readonly se: number | null
}

type ReplayAlarmId =
  | 'effectiveSample' // ESS below 5 % of the rounds
  | 'effectiveRewards' // a handful of rewarded rounds carry the value
  | 'meanWeight'
  | 'outsideRange'
  | 'propensity'
  | 'unsupported' // π_e takes actions that the log never shows at that position

export interface ReplayAlarm {
  readonly id: ReplayAlarmId
  readonly level: HealthLevel
  readonly value: number | null
  readonly limit: number
}

/** What a policy would have earned on a log, by every estimator, and whether to believe it. */
export interface ReplayReport {
  readonly spec: ReplaySpec
  readonly rounds: number
  readonly actions: number
  readonly positions: number
  /** What the bootstrap draws: users, or rounds where no user was logged. */
  readonly clusters: number
  readonly unit: 'user' | 'round'
  /** Mean reward of the log itself. */
  readonly logged: Estimate
  readonly estimates: readonly ReplayEstimate[]
  /** IPS and SNIPS of each position alone. */
  readonly positionValues: readonly {
    readonly position: number // 1-based
    readonly rounds: number
    readonly ips: Estimate
    readonly snips: Estimate
  }[]
  /** Value per slate, where rounds of one user and second make one. */
  readonly slates: {
    readonly count: number
    readonly estimates: readonly (Estimate & {
      readonly id: SlateEstimatorId
      readonly ess: number
    })[]
  } | null
  readonly weights: WeightDiagnostics
  readonly histogram: ReturnType<typeof weightHistogram>
  /** Clipped IPS and SNIPS over M. */
  readonly sweep: readonly {
    readonly clip: number
    readonly ips: Estimate
    readonly snips: Estimate
  }[]
  readonly propensity: PropensityChecks
  /** Rounds that Li's replay keeps; null unless the log is uniform. */
  readonly matched: number | null
  /** Share of π_e on actions that the log never shows at that position. */
  readonly unsupported: number
  /** (Σwr)²/Σ(wr)²: how many rewarded rounds the value amounts to. */
  readonly effectiveRewards: number
  readonly alarms: readonly ReplayAlarm[]
  /** SHA-256 of all of this but itself, rounded to 12 significant digits. */
  readonly digest: string
}

import type { HealthLevel } from '#core/stats/healthLevel'
import type { WeightDiagnostics } from './diagnostics.ts'
import type { PropensityChecks } from './propensityChecks.ts'
import type { ReplayAlarm } from './replayReport.ts'

/** ESS below this share of the rounds (agents.md §9). */
const leastEss = 0.05
/** Fewer effective rewarded rounds than this leave an interval too wide to choose by. */
const leastRewards = 100
/** More of π_e than this on actions that the log never shows biases every estimate. */
const mostUnsupported = 0.01

/** What to know before a replay number is believed, the worst first. */
export function replayAlarms(found: {
  readonly weights: WeightDiagnostics
  readonly propensity: PropensityChecks
  readonly unsupported: number
  readonly effectiveRewards: number
}): ReplayAlarm[] {
  const { weights, propensity, unsupported, effectiveRewards } = found
  const z = Math.abs(weights.meanWeightZ ?? 0)
  const alarms: ReplayAlarm[] = [
    { id: 'propensity', level: propensity.level, value: propensity.p, limit: 0.001 },
    {
      id: 'outsideRange',
      level: weights.outsideRange ? 'block' : 'ok',
      value: null,
      limit: 0,
    },
    {
      id: 'meanWeight',
      level: z > 4 ? 'block' : z > 2 ? 'warn' : 'ok',
      value: weights.meanWeight,
      limit: 1,
    },
    {
      id: 'unsupported',
      level: unsupported > mostUnsupported ? 'warn' : 'ok',
      value: unsupported,
      limit: mostUnsupported,
    },
    {
      id: 'effectiveSample',
      level: (weights.essRatio ?? 0) < leastEss ? 'warn' : 'ok',
      value: weights.essRatio,
      limit: leastEss,
    },
    {
      id: 'effectiveRewards',
      level: effectiveRewards < leastRewards ? 'warn' : 'ok',
      value: effectiveRewards,
      limit: leastRewards,
    },
  ]
  const order: readonly HealthLevel[] = ['block', 'warn', 'ok']
  return alarms.sort((a, b) => order.indexOf(a.level) - order.indexOf(b.level))
}

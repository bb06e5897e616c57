import type { ReplayFindings } from '#core/agent/qCalibration'
import type { ExperimentSpec } from '#core/experimentSpec'
import { interleavers } from '#core/interleaver/index'
import { sidesOf } from '#core/sideNames'
import type { ArmTally } from './arms.ts'
import type { Behaviour } from './behaviour.ts'
import { finishChain } from './digest.ts'
import { findingsOf } from './findings.ts'
import { guardrailsOf } from './guardrails.ts'
import { healthChecks } from './health.ts'
import { ratioEstimate } from './ratioEstimate.ts'
import type { Arm, Estimate, MethodNotes, ReferenceExposure, RunSummary } from './summary.ts'
import type { Tally } from './tally.ts'

/** What the run knows beside its tally. */
export interface RunFacts {
  readonly engineVersion: string
  readonly backend: string
  readonly normRatio: number
  readonly behaviour: Behaviour
  readonly exposure: ReferenceExposure
  readonly learning: ReplayFindings | null
  readonly calibration: NonNullable<RunSummary['calibration']> | null
  readonly chain: Uint8Array
}

/** The result of a run as it stands now; the digest covers all of it but itself, backend and exposure. */
export function summarise(tally: Tally, spec: ExperimentSpec, facts: RunFacts): RunSummary {
  const { counts } = tally
  const level = 1 - spec.analysis.errorRate
  const plan = {
    analysis: spec.analysis,
    plannedUsers: spec.traffic.users,
    sides: spec.design === 'explore' ? null : sidesOf(spec),
  }
  const guardrails = guardrailsOf(tally, spec.analysis)
  const body: Omit<RunSummary, 'digest' | 'backend' | 'exposure'> = {
    engineVersion: facts.engineVersion,
    ...findingsOf(tally, plan, healthChecks(tally, spec.design, spec.interleaver.kind)),
    ...methodNotes(spec),
    arms: tally.arms.map((arm) => armEstimate(tally, arm, level)),
    ...(guardrails.length > 0 ? { guardrails } : {}),
    explorationCost: explorationCost(tally, level),
    updates: {
      won: counts.duelsWon,
      lost: counts.duelsLost,
      tied: counts.duelsTied,
      void: counts.duelsVoid,
      major: counts.major,
      guard: counts.guard,
    },
    behaviour: facts.behaviour.summary(level),
    ...(facts.learning ? { learning: facts.learning } : {}),
    ...(facts.calibration ? { calibration: facts.calibration } : {}),
    normRatio: facts.normRatio,
    meanOverlap: counts.impressions > 0 ? counts.overlap / counts.impressions : null,
    effectiveItems: counts.items > 0 ? tally.effectiveItems() : null,
  }
  const { backend, exposure } = facts
  return { ...body, backend, exposure, digest: finishChain(facts.chain, body) }
}

/** Nothing for the methods that a reader need not be warned of. */
function methodNotes({ design, interleaver: { kind } }: ExperimentSpec): {
  readonly method?: MethodNotes
} {
  const { measure, unbiased } = interleavers[kind]
  if (design === 'split' || (measure === 'vote' && unbiased)) return {}
  return { method: { kind, measure, unbiased } }
}

function armEstimate(tally: Tally, arm: ArmTally, level: number): Arm {
  const ctr = ratioEstimate(arm.clicks, arm.items, level)
  const quality = arm.id === 'q'
  return {
    id: arm.id,
    ctr,
    ndcg: quality ? meanEstimate(tally.ndcg, level) : null,
    precision: quality ? meanEstimate(tally.precision, level) : null,
  }
}

function meanEstimate(
  per: { readonly sum: Float64Array; readonly n: Float64Array },
  level: number,
): Estimate {
  return ratioEstimate(per.sum, per.n, level)
}

/** Expected clicks lost so far; the interval treats users as independent. */
export function explorationCost(tally: Tally, level: number): Estimate {
  const q = tally.arm('q')
  const served = tally.arm('served')
  const lost = q.clicks.map((clicks, user) => clicks - served.clicks[user]!)
  const present = q.items.map((items) => (items > 0 ? 1 : 0))
  const mean = ratioEstimate(lost, present, level)
  const times = (value: number | null) => (value === null ? null : value * mean.n)
  return { ...mean, value: times(mean.value), low: times(mean.low), high: times(mean.high) }
}

import type { AnalysisSpec } from '#core/experimentSpec'
import { ratioEstimate } from './ratioEstimate.ts'
import type { Guardrail } from './summary.ts'
import type { Tally } from './tally.ts'

/**
 * What must not get worse while the run looks for what is better. Guardrails are outside the family:
 * they warn and never decide. The latency ceiling is not here: time belongs to the machine, so that
 * the page compares it while a run is served, and no result depends on it.
 */
export function guardrailsOf(
  tally: Tally,
  { guardrails, errorRate }: AnalysisSpec,
): readonly Guardrail[] {
  const { ctrFloor, diversityFloor } = guardrails
  return [
    ...(ctrFloor > 0 ? [keptClicks(tally, ctrFloor, 1 - errorRate)] : []),
    ...(diversityFloor > 0 ? [diversity(tally, diversityFloor)] : []),
  ]
}

/** Expected clicks on the served lists over those on A's own lists of the same requests. */
function keptClicks(tally: Tally, limit: number, level: number): Guardrail {
  const estimate = ratioEstimate(tally.arm('served').clicks, tally.arm('q').clicks, level)
  const { low, high } = estimate
  const state =
    low === null || high === null
      ? 'open'
      : high < limit
        ? 'breached'
        : low >= limit
          ? 'holds'
          : 'open'
  return { id: 'ctrFloor', estimate, limit, state }
}

/** Counted over all that was shown: there is nothing to sample, and so no interval. */
function diversity(tally: Tally, limit: number): Guardrail {
  const { items } = tally.counts
  const value = items > 0 ? tally.effectiveItems() : null
  const reason = value === null ? { reason: 'noData' } : {}
  const estimate = { value, low: null, high: null, n: items, ...reason }
  const state = value === null ? 'open' : value < limit ? 'breached' : 'holds'
  return { id: 'diversityFloor', estimate, limit, state }
}

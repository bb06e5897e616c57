import type { AnalysisSpec } from '#core/experimentSpec'
import { correctionOf, rejectedBy } from '#core/stats/correction'
import { engines } from '#core/stats/engine/index'
import type { Comparison } from './comparison.ts'
import type { Family, Verdict } from './summary.ts'

/** Side 0 against each challenger is one family, corrected as the plan says. */
export function familyOf(
  comparisons: readonly Comparison[],
  { engine, errorRate, correction }: AnalysisSpec,
): Family {
  const method = correctionOf(correction, engines[engine].anytime)
  const members = comparisons.map((one) => ({ logE: one.logE(), p: one.pValue() }))
  const rejected = rejectedBy(method, members, errorRate)
  return { method, size: comparisons.length, errorRate, rejected }
}

/**
 * The verdict of challenger `index`, which may name a direction only if the family rejects too. A
 * family of one needs no correction: there the locked interval decides, as it does in `explore`.
 */
export function correctedVerdict(verdict: Verdict, family: Family, index: number): Verdict {
  const direction = verdict.state === 'aBetter' || verdict.state === 'bBetter'
  if (!direction || family.size === 1 || family.rejected[index]) return verdict
  return {
    state: 'undecided',
    reason: 'notRejectedInFamily',
    usersStillNeeded: null,
    differenceExists: false,
  }
}

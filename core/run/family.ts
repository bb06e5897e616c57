import { eBh } from '#core/stats/eBh'
import { engines } from '#core/stats/engine/index'
import { adjustFamily } from '#core/stats/multiplicity'
import type { AnalysisSpec } from '#core/experimentSpec'
import type { Comparison } from './comparison.ts'
import type { Family, Verdict } from './summary.ts'

/**
 * Side 0 against each challenger is one family. Sequences are corrected by e-BH, which is valid at
 * any look and under any dependence; a single look by Benjamini & Hochberg. What has no e value or
 * p value yet is not rejected.
 */
export function familyOf(
  comparisons: readonly Comparison[],
  { engine, errorRate }: AnalysisSpec,
): Family {
  const anytime = engines[engine].anytime
  const rejected = anytime
    ? eBh(
        comparisons.map((comparison) => comparison.logE() ?? -Infinity),
        errorRate,
      ).reject
    : adjustFamily(
        comparisons.map((comparison) => comparison.pValue() ?? 1),
        'bh',
        errorRate,
      ).reject
  return { method: anytime ? 'eBh' : 'bh', size: comparisons.length, errorRate, rejected }
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

import type { ExperimentSpec } from '#core/experimentSpec'
import { firstPickFairness, heavyUsers, positionTeam } from '#core/stats/fairness'
import { contingencyTest } from '#core/stats/contingency'
import { levelOfP } from '#core/stats/healthLevel'
import { sampleRatioTest, SequentialSampleRatio } from '#core/stats/sampleRatio'
import type { HealthCheck, HealthCheckId } from './summary.ts'
import type { Tally } from './tally.ts'

/** What the checks look at, counted from a run or from a log. */
export type HealthEvidence = Pick<Tally, 'votes' | 'split' | 'freePicks' | 'votedByFirst'> & {
  readonly counts: Pick<
    Tally['counts'],
    'impressions' | 'duplicates' | 'differentSlots' | 'slots'
  > &
    // a log does not tell what its lists were drawn from
    Partial<Pick<Tally['counts'], 'unbalanced'>>
}

/**
 * The checks that a result has to pass before it means anything (statistics.md §6), on the counts
 * so far. A check without data passes: nothing has gone wrong yet.
 */
export function healthChecks(
  tally: HealthEvidence,
  design: ExperimentSpec['design'],
  method: ExperimentSpec['interleaver']['kind'],
): HealthCheck[] {
  const { counts } = tally
  const duplicates: HealthCheck = {
    id: 'duplicates',
    kind: 'count',
    value: counts.duplicates,
    limit: 0,
    n: counts.impressions,
    level: counts.duplicates > 0 ? 'block' : 'ok',
  }
  if (tally.split) return [sampleRatio(tally.split.entered()), duplicates]
  const picks = tally.freePicks()
  const coin = tally.votedByFirst()
  const tosses = picks.flat().reduce((sum, n) => sum + n, 0)
  const votes = tally.votes[0]!.votes.closedVotes().map(
    ({ winsA, winsB, ties }) => winsA + winsB + ties,
  )
  const heavy = heavyUsers(votes)
  const hasOneItem = counts.impressions > 0 && counts.slots <= counts.impressions
  // a method without teams has no picks, and one with a single coin shows it in the first slot alone
  const hasPicks = method !== 'pairwisePreference'
  const hasPlaces = method !== 'balanced' && method !== 'debiasedBalanced'
  return [
    ...(hasPicks ? [pCheck('firstPickFairness', fairDrawP(picks), tosses)] : []),
    ...(hasPicks && hasPlaces ? [pCheck('positionTeam', positionTeam(picks).p, tosses)] : []),
    // named rankers may differ so much that the better one, picking first, leaves fewer users
    // without a click: only between near equals does the dependence point to a fault, and not in
    // lists of one item, whose clicks are the comparison itself
    ...(design === 'explore' && hasPicks && !hasOneItem
      ? [pCheck('noVoteByCoin', contingencyTest(coin).p, counts.impressions)]
      : []),
    ...(tally.votes[0]!.measure.bound === null ? [] : [scoreBound(tally)]),
    ...(method === 'optimized' && counts.unbalanced !== undefined
      ? [balancedLaw(counts.unbalanced, counts.impressions)]
      : []),
    dilution(counts.differentSlots, counts.slots),
    {
      id: 'heavyUsers',
      kind: 'share',
      value: heavy.share,
      limit: 0.2,
      n: votes.reduce((sum, n) => sum + n, 0),
      level: heavy.level,
    },
    duplicates,
  ]
}

/** Users per arm against equal shares, by the test that may be looked at as often as one likes. */
function sampleRatio(users: readonly number[]): HealthCheck {
  const test = new SequentialSampleRatio(users.map(() => 1 / users.length))
  test.add(users)
  const n = users.reduce((sum, count) => sum + count, 0)
  return pCheck('sampleRatio', n > 0 ? test.p() : null, n)
}

const pCheck = (id: HealthCheckId, value: number | null, n: number): HealthCheck => ({
  id,
  kind: 'p',
  value,
  limit: 0.001,
  n,
  level: levelOfP(value),
})

function dilution(different: number, slots: number): HealthCheck {
  const value = slots > 0 ? different / slots : null
  const level = value !== null && value < 0.3 ? 'warn' : 'ok'
  return { id: 'dilution', kind: 'share', value, limit: 0.3, n: slots, level }
}

/** Some rankings allow no law of optimized interleaving that favours nobody (interleaving.md §3.5). */
function balancedLaw(unbalanced: number, impressions: number): HealthCheck {
  const value = impressions > 0 ? unbalanced / impressions : null
  const limit = 0.05
  const level = !value ? 'ok' : value > limit ? 'block' : 'warn'
  return { id: 'balancedLaw', kind: 'share', value, limit, n: impressions, level }
}

/** A mean score beyond M: the betting engine can not take it, and it is not clipped. */
function scoreBound(tally: HealthEvidence): HealthCheck {
  const value = tally.votes.reduce((sum, votes) => sum + votes.beyondBound, 0)
  const n = tally.votes[0]!.users
  return { id: 'scoreBound', kind: 'count', value, limit: 0, n, level: value > 0 ? 'block' : 'ok' }
}

/** Whether every side picks equally often: exact for two, χ² for more. @param picks per position */
function fairDrawP(picks: readonly (readonly number[])[]): number | null {
  if (picks[0]?.length === 2) return firstPickFairness(picks.map(([a, b]) => [a!, b!])).p
  const sums = picks[0]!.map((_, side) => picks.reduce((sum, row) => sum + row[side]!, 0))
  const { p } = sampleRatioTest(
    sums,
    sums.map(() => 1 / sums.length),
  )
  return p
}

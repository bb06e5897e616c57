import { firstPickFairness, heavyUsers, noVoteByCoin, positionTeam } from '#core/stats/fairness'
import type { HealthLevel } from '#core/stats/healthLevel'
import type { HealthCheck, HealthCheckId } from './summary.ts'
import type { Tally } from './tally.ts'

/**
 * The checks that a result has to pass before it means anything (statistics.md §6), on the counts
 * so far. A check without data passes: nothing has gone wrong yet.
 */
export function healthChecks(tally: Tally): HealthCheck[] {
  const { counts } = tally
  const picks = tally.firstPicks()
  const first = firstPickFairness(picks)
  const positions = positionTeam(picks)
  const [votedA, silentA, votedB, silentB] = tally.noVoteByFirst
  const coin = noVoteByCoin([votedA!, silentA!], [votedB!, silentB!])
  const votes = tally.users.closedVotes().map(({ winsA, winsB, ties }) => winsA + winsB + ties)
  const heavy = heavyUsers(votes)
  return [
    pCheck('firstPickFairness', first.p, first.n, first.level),
    pCheck('positionTeam', positions.p, first.n, positions.level),
    pCheck('noVoteByCoin', coin.p, counts.impressions, coin.level),
    dilution(counts.differentSlots, counts.slots),
    {
      id: 'heavyUsers',
      kind: 'share',
      value: heavy.share,
      limit: 0.2,
      n: votes.reduce((sum, n) => sum + n, 0),
      level: heavy.level,
    },
    {
      id: 'duplicates',
      kind: 'count',
      value: counts.duplicates,
      limit: 0,
      n: counts.impressions,
      level: counts.duplicates > 0 ? 'block' : 'ok',
    },
  ]
}

const pCheck = (
  id: HealthCheckId,
  value: number | null,
  n: number,
  level: HealthLevel,
): HealthCheck => ({ id, kind: 'p', value, limit: 0.001, n, level })

function dilution(different: number, slots: number): HealthCheck {
  const value = slots > 0 ? different / slots : null
  const level = value !== null && value < 0.3 ? 'warn' : 'ok'
  return { id: 'dilution', kind: 'share', value, limit: 0.3, n: slots, level }
}

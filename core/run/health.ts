import type { ExperimentSpec } from '#core/experimentSpec'
import { sampleRatioTest, SequentialSampleRatio } from '#core/stats/sampleRatio'
import { betaCdf, chiSquareTail } from '#core/stats/special'
import type { HealthCheck, HealthCheckId } from './summary.ts'
import type { Tally } from './tally.ts'

/**
 * The checks that a result has to pass before it means anything (statistics.md §6), on the counts
 * so far. A check without data passes: nothing has gone wrong yet.
 *
 * @param k list length
 */
export function healthChecks(
  tally: Tally,
  k: number,
  design: ExperimentSpec['design'],
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
  const sides = tally.votes.length + 1
  const firsts = Array.from(
    { length: sides },
    (_, side) => tally.noVoteByFirst[2 * side]! + tally.noVoteByFirst[2 * side + 1]!,
  )
  const positions = contingency(tally.slotTeams, sides, k)
  const coin = contingency(tally.noVoteByFirst, sides, 2)
  const tosses = firsts.reduce((sum, n) => sum + n, 0)
  return [
    pCheck('firstPickFairness', fairDrawP(firsts), tosses),
    pCheck('positionTeam', positions.p, positions.n),
    // named rankers may differ so much that the better one, picking first, leaves fewer users
    // without a click: only between near equals does the dependence point to a fault
    ...(design === 'explore' ? [pCheck('noVoteByCoin', coin.p, coin.n)] : []),
    dilution(counts.differentSlots, counts.impressions * k),
    heavyUsers(tally),
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

function pCheck(id: HealthCheckId, p: number | null, n: number): HealthCheck {
  const level = p === null || p >= 0.01 ? 'ok' : p >= 0.001 ? 'warn' : 'block'
  return { id, kind: 'p', value: p, limit: 0.001, n, level }
}

function dilution(different: number, slots: number): HealthCheck {
  const value = slots > 0 ? different / slots : null
  const level = value !== null && value < 0.3 ? 'warn' : 'ok'
  return { id: 'dilution', kind: 'share', value, limit: 0.3, n: slots, level }
}

/** Share of the votes that the most active 1 % of users cast. */
function heavyUsers(tally: Tally): HealthCheck {
  const votes = tally.votes[0]!.votes.closedVotes()
    .map(({ winsA, winsB, ties }) => winsA + winsB + ties)
    .sort((a, b) => b - a)
  const all = votes.reduce((sum, n) => sum + n, 0)
  const top = votes.slice(0, Math.ceil(votes.length / 100)).reduce((sum, n) => sum + n, 0)
  // with fewer users than a hundred, one of them is always more than 1 %
  const value = votes.length >= 100 ? top / all : null
  const level = value !== null && value > 0.2 ? 'warn' : 'ok'
  return { id: 'heavyUsers', kind: 'share', value, limit: 0.2, n: all, level }
}

/** Whether every side picks first equally often: exact for two, χ² for more. */
function fairDrawP(firsts: readonly number[]): number | null {
  if (firsts.length === 2) return fairCoinP(firsts[0]!, firsts[1]!)
  return sampleRatioTest(
    firsts,
    firsts.map(() => 1 / firsts.length),
  ).p
}

/** Exact two-sided binomial p against ½; null without a toss. */
function fairCoinP(a: number, b: number): number | null {
  const n = a + b
  if (n === 0) return null
  const fewer = Math.min(a, b)
  return Math.min(1, 2 * betaCdf(0.5, n - fewer, fewer + 1))
}

/** χ² of independence without continuity correction; rows and columns without data are left out. */
function contingency(
  table: ArrayLike<number>,
  rows: number,
  columns: number,
): { readonly p: number | null; readonly n: number } {
  const rowSums = new Float64Array(rows)
  const columnSums = new Float64Array(columns)
  let n = 0
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++) {
      const count = table[r * columns + c]!
      rowSums[r]! += count
      columnSums[c]! += count
      n += count
    }
  }
  let statistic = 0
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++) {
      const expected = (rowSums[r]! * columnSums[c]!) / n
      if (expected > 0) statistic += (table[r * columns + c]! - expected) ** 2 / expected
    }
  }
  const used = (sums: Float64Array) => sums.filter((sum) => sum > 0).length
  const df = (used(rowSums) - 1) * (used(columnSums) - 1)
  return { p: df > 0 ? chiSquareTail(statistic, df) : null, n }
}

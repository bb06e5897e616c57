import { challengerMetrics } from '#core/run/point'
import type { Challenger, Estimate, RunSummary, Verdict } from '#core/run/summary'
import { verdict } from '#core/stats/verdict'
import type { Curve } from './stores/curve.ts'

/** The first rows of a curve. */
export function cutCurve(curve: Curve, rows: number): Curve {
  const kept = Math.min(rows, curve.rows)
  return {
    rows: kept,
    at: (row, metric) => (row < kept ? curve.at(row, metric) : Number.NaN),
    column: (metric) => curve.column(metric).subarray(0, kept),
  }
}

const unknown: Estimate = { value: null, low: null, high: null, n: 0 }

/**
 * A summary as it stood at a point of the curve. What no point holds (health, other engines, arms,
 * the sign test) is left out rather than told from the end.
 * @param equivalence half width of the region of practical equality
 */
export function rewoundSummary(
  summary: RunSummary,
  curve: Curve,
  row: number,
  equivalence: number,
): RunSummary {
  const number = (metric: Parameters<Curve['at']>[1]) => {
    const value = curve.at(row, metric)
    return Number.isFinite(value) ? value : null
  }
  const count = (metric: Parameters<Curve['at']>[1]) => number(metric) ?? 0
  const users = count('users')
  // a check that blocks at the end is known of no earlier look, so that none of them names a side
  const blocking = summary.health.filter(({ level }) => level === 'block').map(({ id }) => id)
  const plan = { blocking, configChanged: false, equivalence, horizon: null, users }
  const { contest } = summary
  const isAlone = (contest?.challengers.length ?? 1) === 1
  const at = (challenger: number) => {
    const names = challengerMetrics[challenger] ?? challengerMetrics[0]
    const [low, high] = [number(names.low), number(names.high)]
    const delta = { value: number(names.delta), low, high, n: users }
    const interval = low === null || high === null ? null : { low, high }
    const found = verdict({ ...plan, delta: delta.value, interval })
    return { delta, verdict: isAlone ? found : withoutFamily(found) }
  }
  const { delta, verdict: found } = at(0)
  return {
    ...withoutTotals(summary),
    impressions: count('impressions'),
    users,
    usersVoting: users,
    outcomes: {
      a: count('winsA'),
      b: count('winsB'),
      tie: count('ties'),
      noVote: count('noVotes'),
      identical: count('identical'),
    },
    delta,
    logE: number('logE'),
    decidedAtUser:
      summary.decidedAtUser !== null && summary.decidedAtUser <= users
        ? summary.decidedAtUser
        : null,
    otherEngines: [],
    deltaImpression: unknown,
    designEffect: null,
    signTest: { ...summary.signTest, p: null, winsA: Number.NaN, winsB: Number.NaN },
    verdict: found,
    ...(contest
      ? {
          contest: {
            ...contest,
            family: { ...contest.family, rejected: contest.family.rejected.map(() => false) },
            challengers: contest.challengers.map((one, i) => ({
              ...one,
              ...at(i),
              ...(i > 0 ? votesUnknown(one) : {}),
              logE: i === 0 ? number('logE') : null,
              otherEngines: [],
            })),
          },
        }
      : {}),
    health: [],
    arms: [],
    updates: {
      ...summary.updates,
      won: count('duelsWon'),
      lost: count('duelsLost'),
      tied: count('duelsTied'),
      void: count('duelsVoid'),
      major: count('majorUpdates'),
    },
    normRatio: count('normRatio'),
    effectiveItems: number('effectiveItems'),
    explorationCost: { value: number('explorationCost'), low: null, high: null, n: users },
  }
}

/** A family is corrected as a whole, from evidence that points do not hold: no look names a side. */
const withoutFamily = (found: Verdict): Verdict =>
  found.state === 'aBetter' || found.state === 'bBetter'
    ? {
        state: 'undecided',
        reason: 'familyNotStored',
        usersStillNeeded: null,
        differenceExists: false,
      }
    : found

/** Points count the votes of the first challenger alone. */
const votesUnknown = ({ outcomes, signTest }: Challenger): Partial<Challenger> => ({
  outcomes: outcomes && { a: Number.NaN, b: Number.NaN, tie: Number.NaN, noVote: Number.NaN },
  signTest: signTest && { ...signTest, p: null, winsA: Number.NaN, winsB: Number.NaN },
})

/** What is known of the whole run alone goes. */
const withoutTotals = (summary: RunSummary): RunSummary =>
  Object.fromEntries(
    Object.entries(summary).filter(([name]) => !ofTheEnd.has(name)),
  ) as unknown as RunSummary
const ofTheEnd: ReadonlySet<string> = new Set(['behaviour', 'learning', 'guardrails'])

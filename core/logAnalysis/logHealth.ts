import type { LogFacts } from '#core/dataset/kinds/interleaving'
import { healthChecks } from '#core/run/health'
import type { HealthCheck, HealthCheckId } from '#core/run/summary'
import { sampleRatioTest } from '#core/stats/sampleRatio'
import type { FilteredLog } from './filterLog.ts'
import type { JudgedLog } from './judgeLog.ts'
import type { LogPlan } from './logPlan.ts'
import type { LogTally } from './logTally.ts'

/** Share of lists that contradict the method above which the log is not what the plan says. */
const mismatchLimit = 0.01

/** The checks of a run (statistics.md §6), and those that only somebody else's log needs. */
export function logHealth(
  log: LogFacts,
  judged: JudgedLog,
  filtered: FilteredLog,
  tally: LogTally,
  plan: LogPlan,
): HealthCheck[] {
  const common = healthChecks(tally, 'duel', plan.interleaver.kind)
  const checks = [
    ...(plan.design === 'split'
      ? [ratio('sampleRatio', tally.firstLed, plan), ...common.filter(isOther)]
      : [ratio('firstListLead', tally.firstLed, plan), ...common, teamMismatch(judged)]),
    leftOver('repeatedLists', filtered.repeatedListsKept, log.impressions),
    leftOver('automaticUsers', filtered.automaticUsersKept, log.users),
  ]
  const { events, orphans, late, unmeasured } = judged.clicks
  const asksFor = plan.attribution.event === 'dwell' || plan.window !== null
  return [
    ...checks,
    // statistics.md §6: clicks that no list of the window can be credited with
    ...(log.has.delay ? [orphanClicks(log, orphans + late, events)] : []),
    ...(asksFor ? [share('unmeasuredClicks', unmeasured, events, 0.05)] : []),
  ]
}

/** The sequential form of a run; a log is looked at once. */
const isOther = ({ id }: HealthCheck): boolean => id !== 'sampleRatio'

/**
 * Users per side against the planned shares: their arm in a split; when interleaved, the side that
 * led their first list, which a fair coin decides once per user, so that lost users or lists of one
 * side show.
 */
function ratio(id: HealthCheckId, users: Float64Array, { shares, design }: LogPlan): HealthCheck {
  const equal = Array.from(users, () => 1 / users.length)
  const planned = design === 'split' && shares.length === users.length ? shares : equal
  const n = users.reduce((sum, count) => sum + count, 0)
  const { p, level } = sampleRatioTest([...users], planned)
  return { id, kind: 'p', value: p, limit: 0.001, n, level }
}

/** Of the rows' own clicks, or of the events table that they came from, whose orphans no row shows. */
function orphanClicks({ events: table }: LogFacts, lost: number, events: number): HealthCheck {
  if (!table) return share('orphanClicks', lost, events, 0.05)
  const { rows, unreadable, otherType, unmatched, early, late } = table
  return share('orphanClicks', unmatched + early + late + lost, rows - unreadable - otherType, 0.05)
}

function teamMismatch({ mismatch, checked }: JudgedLog): HealthCheck {
  const wrong = mismatch.reduce((sum, flag) => sum + flag, 0)
  const value = checked > 0 ? wrong / checked : null
  const level = value === null || wrong === 0 ? 'ok' : value > mismatchLimit ? 'block' : 'warn'
  return { id: 'teamMismatch', kind: 'share', value, limit: mismatchLimit, n: checked, level }
}

/** What a filter could have left out and did not. */
const leftOver = (id: HealthCheckId, value: number, n: number): HealthCheck => ({
  id,
  kind: 'count',
  value,
  limit: 0,
  n,
  level: value > 0 ? 'warn' : 'ok',
})

function share(id: HealthCheckId, count: number, n: number, limit: number): HealthCheck {
  const value = n > 0 ? count / n : null
  return { id, kind: 'share', value, limit, n, level: (value ?? 0) > limit ? 'warn' : 'ok' }
}

import type { LogFacts } from '#core/dataset/kinds/interleaving'
import type { Estimate } from '#core/run/summary'
import { noMoments, withValue, type Moments } from '#core/stats/moments'
import { studentInverse } from '#core/stats/special'
import { welch } from '#core/stats/welch'
import type { JudgedLog } from './judgeLog.ts'
import type { LogFilter, LogPlan } from './logPlan.ts'

/** One step of leaving out, with what the result was before it and is after it. */
export interface FilterStep {
  readonly filter: LogFilter
  readonly impressions: number // removed by this step
  readonly users: number // who have no list left because of it
  /** User-level Δ of the first challenger. */
  readonly before: Estimate
  readonly after: Estimate
}

export interface FilteredLog {
  /** [impressions], 1 = stays in the analysis. */
  readonly kept: Uint8Array
  readonly steps: readonly FilterStep[]
  /** Users who look like a program by the rule of the plan, or by its default; before any step. */
  readonly automaticUsers: number
  /** Of those, users who are still in the analysis. */
  readonly automaticUsersKept: number
  readonly repeatedLists: number
  readonly repeatedListsKept: number
}

/** Applies the plan's filters in order, those on lists before those on users, and counts each. */
export function filterLog(log: LogFacts, judged: JudgedLog, plan: LogPlan): FilteredLog {
  const kept = new Uint8Array(log.impressions).fill(1)
  const { repeated } = judged
  const bots = plan.filters.find((filter) => filter.rule === 'bots') ?? defaultBots
  const automatic = automaticUsers(log, judged, bots)
  const ordered = [...plan.filters].sort((a, b) => Number(isOnUsers(a)) - Number(isOnUsers(b)))
  let before = preference(log, judged, kept, plan)
  const steps = ordered.map((filter): FilterStep => {
    const users = presentUsers(log, kept)
    const impressions = remove(filter)
    const after = preference(log, judged, kept, plan)
    const step = { filter, impressions, users: users - presentUsers(log, kept), before, after }
    before = after
    return step
  })

  function remove(filter: LogFilter): number {
    switch (filter.rule) {
      case 'period':
        return drop(
          (i) =>
            log.time[i]! < (filter.from ?? -Infinity) || log.time[i]! > (filter.to ?? Infinity),
        )
      case 'repeated':
        return drop((i) => repeated[i] === 1)
      case 'teamMismatch':
        return drop((i) => judged.mismatch[i] === 1)
      case 'bots':
        return drop((i) => automatic[log.user[i]!] === 1)
      case 'heavyUsers': {
        const lists = new Int32Array(log.users)
        for (let i = 0; i < log.impressions; i++) if (kept[i] === 1) lists[log.user[i]!]!++
        return drop((i) => lists[log.user[i]!]! > filter.lists)
      }
    }
  }

  function drop(isOut: (impression: number) => boolean): number {
    let removed = 0
    for (let i = 0; i < kept.length; i++) {
      if (kept[i] === 0 || !isOut(i)) continue
      kept[i] = 0
      removed++
    }
    return removed
  }

  const present = presence(log, kept)
  return {
    kept,
    steps,
    automaticUsers: count(automatic),
    automaticUsersKept: count(automatic.map((is, user) => is & present[user]!)),
    repeatedLists: count(repeated),
    repeatedListsKept: count(repeated.map((is, i) => is & kept[i]!)),
  }
}

type BotRule = Extract<LogFilter, { rule: 'bots' }>

const defaultBots: BotRule = { rule: 'bots', listsPerHour: 300, clickShare: 0.9, minimumLists: 20 }

const isOnUsers = ({ rule }: LogFilter): boolean => rule === 'bots' || rule === 'heavyUsers'

/** [users], 1 for those who ask faster than people do, or click on nearly everything. */
function automaticUsers(log: LogFacts, judged: JudgedLog, rule: BotRule): Uint8Array {
  const hour = new Float64Array(log.users).fill(Number.NaN)
  const inHour = new Int32Array(log.users)
  const busiest = new Int32Array(log.users)
  const lists = new Int32Array(log.users)
  const slots = new Float64Array(log.users)
  const clicks = new Float64Array(log.users)
  for (let i = 0; i < log.impressions; i++) {
    const user = log.user[i]!
    const now = Math.floor(log.time[i]! / 3600)
    if (hour[user] !== now) inHour[user] = 0
    hour[user] = now
    busiest[user] = Math.max(busiest[user]!, ++inHour[user]!)
    lists[user]!++
    slots[user]! += judged.slots[i]!
    clicks[user]! += judged.attributed[i]!
  }
  return Uint8Array.from(lists, (n, user) => {
    const everything = n >= rule.minimumLists && clicks[user]! >= rule.clickShare * slots[user]!
    return busiest[user]! > rule.listsPerHour || everything ? 1 : 0
  })
}

function presence(log: LogFacts, kept: Uint8Array): Uint8Array {
  const present = new Uint8Array(log.users)
  for (let i = 0; i < log.impressions; i++) if (kept[i] === 1) present[log.user[i]!] = 1
  return present
}

const presentUsers = (log: LogFacts, kept: Uint8Array): number => count(presence(log, kept))

const count = (flags: Uint8Array): number => flags.reduce((sum, flag) => sum + flag, 0)

/**
 * Δ of the first two sides with Student's or Welch's interval, cheap enough to take at every step:
 * users' mean vote less ½, or in a split the difference of their clicks per list.
 */
function preference(
  log: LogFacts,
  judged: JudgedLog,
  kept: Uint8Array,
  { analysis, design }: LogPlan,
): Estimate {
  const { vote, attributed, top, lists } = judged
  const isSplit = design === 'split'
  const sums = new Float64Array(log.users)
  const counts = new Int32Array(log.users)
  const arm = new Int8Array(log.users).fill(-1)
  for (let i = 0; i < log.impressions; i++) {
    const value = isSplit ? attributed[i]! : vote[i * (lists.sides.length - 1)]!
    if (kept[i] === 0 || Number.isNaN(value)) continue
    const user = log.user[i]!
    if (arm[user] === -1) arm[user] = top[i]!
    sums[user]! += value
    counts[user]!++
  }
  const moments: [Moments, Moments] = [noMoments, noMoments]
  sums.forEach((sum, user) => {
    const side = isSplit ? arm[user]! : 0
    if (counts[user] === 0 || (side !== 0 && side !== 1)) return
    moments[side] = withValue(moments[side], sum / counts[user]!)
  })
  return isSplit
    ? differenceOf(moments, analysis.errorRate)
    : shareOf(moments[0], analysis.errorRate)
}

function shareOf({ n, mean, squares }: Moments, alpha: number): Estimate {
  const value = mean - 0.5
  if (n === 0) return { value: null, low: null, high: null, n, reason: 'noVotes' }
  if (n < 2) return { value, low: null, high: null, n, reason: 'fewerThanTwoUsers' }
  const half = studentInverse(1 - alpha / 2, n - 1) * Math.sqrt(squares / (n - 1) / n)
  return { value, low: value - half, high: value + half, n }
}

function differenceOf([a, b]: readonly [Moments, Moments], alpha: number): Estimate {
  const n = a.n + b.n
  const test = welch(a, b, alpha)
  if (!test) return { value: null, low: null, high: null, n, reason: 'notEstimable' }
  return { value: test.difference, ...test.interval, n }
}

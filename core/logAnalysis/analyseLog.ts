import type { LogFacts, LogReader } from '#core/dataset/kinds/interleaving'
import { emptyChain, finishChain } from '#core/run/digest'
import { findingsOf } from '#core/run/findings'
import { measureOf, type Measure } from '#core/run/measure'
import { pointMetrics } from '#core/run/point'
import type { Side } from '#core/run/summary'
import type { ComparisonPlan } from '#core/run/voteTally'
import type { StudyStep } from '#core/study/study'
import { creditedRows } from './attribution.ts'
import { filterLog, type FilterStep } from './filterLog.ts'
import { judgeLog, type JudgedLog } from './judgeLog.ts'
import { LogError } from './logError.ts'
import { logHealth } from './logHealth.ts'
import type { LogPlan } from './logPlan.ts'
import type { LogReport } from './logReport.ts'
import { LogTally, type PositionClicks } from './logTally.ts'
import { SegmentTally } from './segments.ts'

/** Points of the curves. */
const points = 200

/**
 * The verdict of a production log: each list is judged, filters leave out lists and users in
 * counted steps, and each user enters the inference once, when the last list has been seen. The rows
 * are read twice, piece by piece, so that memory grows with lists and users alone.
 *
 * @throws LogError when the plan does not fit the log
 */
export async function* analyseLog(
  log: LogReader,
  plan: LogPlan,
): AsyncGenerator<StudyStep<LogReport>> {
  if (log.impressions === 0) throw new LogError('dataset', 'the log has no list')
  const judged = yield* withProgress(judgeLog(log, plan), log.impressions)
  yield { type: 'progress', stage: 'filtering', share: 0 }
  const filtered = filterLog(log, judged, plan)
  const { kept } = filtered
  if (!kept.includes(1)) throw new LogError('filters', nothingLeft(filtered.steps))
  const last = lastLists(log, kept)
  const users = last.reduce((sum, i) => sum + (i >= 0 ? 1 : 0), 0)
  const armOf = plan.design === 'split' ? armsOf(log, judged, kept) : null
  const comparison: ComparisonPlan = {
    locked: plan.analysis.engine,
    alpha: plan.analysis.errorRate,
    horizon: Math.max(2, plan.plannedUsers ?? users),
    measure: requireMeasured(plan),
  }
  const tally = new LogTally(log, judged, plan, armOf, comparison)
  const segments = new SegmentTally(
    log,
    kept,
    plan.design === 'split' ? [] : plan.segments,
    comparison,
    plan.analysis,
  )
  const total = kept.reduce((sum, flag) => sum + flag, 0)
  const rows: Float64Array[] = []
  let done = 0
  for await (const piece of log.pieces()) {
    yield { type: 'progress', stage: 'inference', share: piece.from / log.impressions }
    const credited = creditedRows(piece, plan)
    const judgedPiece = { piece, teams: judged.lists.teams(piece), credited }
    for (let at = 0; at < piece.count; at++) {
      const i = piece.from + at
      if (kept[i] === 0) continue
      tally.add(judgedPiece, at)
      const user = log.user[i]!
      if (last[user] === i) {
        tally.closeUser(user)
        const { winsA, winsB, ties, voteSum } = tally.votes[0]!.votes.votes(user)
        const votes = winsA + winsB + ties
        if (votes > 0) segments.closeUser(user, voteSum / votes, (Math.sign(winsA - winsB) + 1) / 2)
      }
      if (++done === Math.ceil((total * (rows.length + 1)) / points)) {
        if (done === total) tally.finish()
        rows.push(tally.point(log.time[i]!))
      }
    }
  }
  const sides: Side[] = judged.lists.sides.map(({ team, label }) => ({
    kind: 'logged',
    label: label ?? team,
  }))
  const health = logHealth(log, judged, filtered, tally, plan)
  const inference = { analysis: plan.analysis, plannedUsers: plan.plannedUsers ?? users, sides }
  const { exposures } = tally
  const body: Omit<LogReport, 'digest'> = {
    ...findingsOf(tally, inference, health),
    meanOverlap: null, // items of the source lists that were not shown are not known
    effectiveItems: tally.effectiveItems(),
    plan,
    source: {
      rows: log.rows,
      impressions: log.impressions,
      users: log.users,
      items: exposures.length,
      from: log.time[0]!,
      to: log.time[log.impressions - 1]!,
    },
    steps: filtered.steps,
    automaticUsers: filtered.automaticUsers,
    repeatedLists: filtered.repeatedLists,
    attribution: judged.clicks,
    ...(log.events ? { events: log.events } : {}),
    teams: {
      logged: log.has.team,
      ranked: judged.differentSlots !== null,
      checked: judged.checked,
      mismatched: judged.mismatch.reduce((sum, flag) => sum + flag, 0),
    },
    positions: positionRows(tally.positions, judged.lists.sides.length),
    segments: segments.finish(),
    curve: curveOf(rows),
  }
  yield { type: 'finished', report: { ...body, digest: finishChain(emptyChain, body) } }
}

/** Names what each step removed, where together they removed everything. */
const nothingLeft = (steps: readonly FilterStep[]): string => {
  const counts = steps.filter(({ impressions }) => impressions > 0)
  const removed = counts.map(({ filter, impressions }) => `${filter.rule} ${impressions}`)
  return `no list is left (${removed.join(', ')}); loosen a rule or leave it out`
}

/** @throws LogError where the method's scores have no bound and something needs one */
function requireMeasured(plan: LogPlan): Measure {
  const measure = measureOf(plan)
  const { engine } = plan.analysis
  const scores = `scores of ${plan.interleaver.kind} have no bound`
  if (!measure.engines.includes(engine)) {
    throw new LogError(
      'analysis.engine',
      `${scores}, which ${engine} can not average; choose asymptotic or fixedUserT`,
    )
  }
  if (measure.kind === 'score' && plan.segments.length > 0) {
    throw new LogError('segments', `${scores}; segments are compared by votes in [0, 1] only`)
  }
  return measure
}

/** Passes a counting generator's progress on and its result back. */
async function* withProgress(
  judging: AsyncGenerator<number, JudgedLog>,
  total: number,
): AsyncGenerator<StudyStep<LogReport>, JudgedLog> {
  for (;;) {
    const step = await judging.next()
    if (step.done) return step.value
    yield { type: 'progress', stage: 'judging', share: step.value / total }
  }
}

/** [users], the last list that stays in; −1 without one. */
function lastLists(log: LogFacts, kept: Uint8Array): Int32Array {
  const last = new Int32Array(log.users).fill(-1)
  for (let i = 0; i < log.impressions; i++) if (kept[i] === 1) last[log.user[i]!] = i
  return last
}

/**
 * [users], the side of the first list that stays in.
 * @throws LogError for a list that belongs to none of the sides
 */
function armsOf(log: LogFacts, judged: JudgedLog, kept: Uint8Array): Uint8Array {
  const arms = new Uint8Array(log.users)
  for (let i = log.impressions - 1; i >= 0; i--) {
    if (kept[i] === 0) continue
    const side = judged.top[i]!
    if (side < 0) {
      throw new LogError('sides', 'some lists belong to none of the sides; name every team')
    }
    arms[log.user[i]!] = side
  }
  return arms
}

function positionRows({ shown, clicks, positions }: PositionClicks, sides: number) {
  return Array.from({ length: positions }, (_, position) => ({
    position: position + 1,
    shown: Array.from({ length: sides }, (__, side) => shown[side * positions + position]!),
    clicks: Array.from({ length: sides }, (__, side) => clicks[side * positions + position]!),
  }))
}

/** As columns without those that a log can not fill. */
function curveOf(rows: readonly Float64Array[]): LogReport['curve'] {
  const columns = pointMetrics.map((name, index) => {
    const values = rows.map((row) => row[index]!)
    return [name, values.map((value) => (Number.isNaN(value) ? null : value))] as const
  })
  return Object.fromEntries(columns.filter(([, values]) => values.some((value) => value !== null)))
}

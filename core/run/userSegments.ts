import type { ExperimentSpec } from '#core/experimentSpec'
import { correctionOf, rejectedBy } from '#core/stats/correction'
import { engines } from '#core/stats/engine/index'
import { moved } from '#core/stats/interval'
import type { Estimate, Family } from './summary.ts'

/** One user that has left, as far as segments need to know; in the order of arrival. */
interface SegmentUser {
  readonly lists: number
  readonly vote: number // mean, NaN without one
  readonly last: number // index of the last impression
}

const segmentIds = ['early', 'middle', 'late', 'fewLists', 'someLists', 'manyLists'] as const
type SegmentId = (typeof segmentIds)[number]

export interface UserSegments {
  readonly rows: readonly {
    readonly id: SegmentId
    readonly delta: Estimate
    readonly rejected: boolean // Δ = 0, after the correction over all rows
    readonly limits: readonly [from: number, to: number] // users by arrival, or lists
  }[]
  readonly family: Omit<Family, 'rejected'>
}

/**
 * Δ of users by when they came and by how many lists they saw, each in thirds: neither can depend on
 * which side was shown, as every list holds both. The locked engine, corrected as the plan says.
 */
export function userSegments(
  users: readonly SegmentUser[],
  { analysis, traffic }: Pick<ExperimentSpec, 'analysis' | 'traffic'>,
): UserSegments {
  const n = users.length
  const byLists = users.map(({ lists }) => lists).sort((one, other) => one - other)
  const third = (part: number) => byLists[Math.min(n - 1, Math.floor((part * n) / 3))] ?? 0
  const most = byLists[n - 1] ?? 0
  const limits: Readonly<Record<SegmentId, readonly [number, number]>> = {
    early: [1, Math.floor(n / 3)],
    middle: [Math.floor(n / 3) + 1, Math.floor((2 * n) / 3)],
    late: [Math.floor((2 * n) / 3) + 1, n],
    fewLists: [1, third(1)],
    someLists: [third(1) + 1, third(2)],
    manyLists: [third(2) + 1, most],
  }
  const segments = segmentIds.filter((id) => limits[id][1] >= limits[id][0])
  const holds = (id: SegmentId, place: number) => {
    const value = id.endsWith('Lists') ? users[place]!.lists : place + 1
    return value >= limits[id][0] && value <= limits[id][1]
  }
  const { engine, errorRate, correction } = analysis
  const plan = { alpha: errorRate, horizon: traffic.users }
  const all = segments.map(() => engines[engine].create(plan))
  const sums = segments.map(() => 0)
  const closing = users
    .map((_, place) => place)
    .filter((place) => !Number.isNaN(users[place]!.vote))
    .sort((one, other) => users[one]!.last - users[other]!.last)
  for (const place of closing) {
    const { vote } = users[place]!
    segments.forEach((id, row) => {
      if (!holds(id, place)) return
      sums[row]! += vote
      // the beta-binomial engine takes signs; ties drop out of it
      if (engine === 'betaBinomial') all[row]!.add((Math.sign(vote - 0.5) + 1) / 2)
      else all[row]!.add(vote)
    })
  }
  for (const one of all) one.finish()
  const method = correctionOf(correction, engines[engine].anytime)
  const members = all.map((one) => ({ logE: one.logE(), p: one.pValue() }))
  const rejected = rejectedBy(method, members, errorRate)
  return {
    rows: segments.map((id, row) => ({
      id,
      delta: estimate(all[row]!, sums[row]!),
      rejected: rejected[row]!,
      limits: limits[id],
    })),
    family: { method, size: segments.length, errorRate },
  }
}

function estimate(
  engine: ReturnType<(typeof engines)['betting']['create']>,
  sum: number,
): Estimate {
  const { n } = engine
  if (n === 0) return { value: null, low: null, high: null, n, reason: 'noVotes' }
  const interval = engine.interval()
  const value = sum / n - 0.5
  if (!interval) return { value, low: null, high: null, n, reason: 'notEstimable' }
  return { value, ...moved(interval, 0.5), n }
}

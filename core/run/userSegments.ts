import type { ExperimentSpec } from '#core/experimentSpec'
import { adjustedBy, correctionOf, rejectedBy } from '#core/stats/correction'
import { engines } from '#core/stats/engine/index'
import type { Estimate, Family } from './summary.ts'
import { UserSubset, type ClosedUser } from './userSubset.ts'

/** One user that has left, as far as segments need to know; in the order of arrival. */
interface SegmentUser extends ClosedUser {
  readonly lists: number
  readonly last: number // index of the last impression
}

const segmentIds = ['early', 'middle', 'late', 'fewLists', 'someLists', 'manyLists'] as const
type SegmentId = (typeof segmentIds)[number]

export interface UserSegments {
  readonly rows: readonly {
    readonly id: SegmentId
    readonly delta: Estimate // as if the row were the only one
    /** At the error rate over the number of rows: all of them cover at once, so any may be picked. */
    readonly simultaneous: Estimate
    readonly p: number | null // raw; of e-BH 1 over the e-value
    readonly adjusted: number | null // after the correction over all rows
    readonly rejected: boolean // Δ = 0, after the correction
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
  const method = correctionOf(correction, engines[engine].anytime)
  const at = (alpha: number) => segments.map(() => new UserSubset(engine, alpha, traffic.users))
  const alone = at(errorRate)
  const together = at(errorRate / Math.max(1, segments.length))
  const closing = users
    .map((_, place) => place)
    .sort((one, other) => users[one]!.last - users[other]!.last)
  for (const place of closing) {
    segments.forEach((id, row) => {
      if (!holds(id, place)) return
      alone[row]!.add(users[place]!)
      together[row]!.add(users[place]!)
    })
  }
  for (const one of [...alone, ...together]) one.finish()
  const members = alone.map((one) => one.evidence())
  const rejected = rejectedBy(method, members, errorRate)
  const { p, adjusted } = adjustedBy(method, members)
  return {
    rows: segments.map((id, row) => ({
      id,
      delta: alone[row]!.estimate(),
      simultaneous: together[row]!.estimate(),
      p: p[row]!,
      adjusted: adjusted[row]!,
      rejected: rejected[row]!,
      limits: limits[id],
    })),
    family: { method, size: segments.length, errorRate },
  }
}

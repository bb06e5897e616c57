import type { UpdateEvent } from '#core/run/batch'
import { challengerMetrics } from '#core/run/point'
import type { VerdictState } from '#core/run/summary'
import type { Curve } from '../stores/curve.ts'

/** What the chart of Δ over users is drawn from. Rows in which no user had finished are left out. */
export interface DeltaCurve {
  readonly users: Float64Array
  readonly delta: Float64Array
  readonly low: Float64Array
  readonly high: Float64Array
  readonly duels: Float64Array // impressions with an outcome, so far
  readonly impressions: Float64Array
  readonly updates: readonly UpdateEvent[]
  readonly plannedUsers: number
  readonly equivalence: number
  readonly verdict: VerdictState
  /** Users at which 0 left the interval for good. */
  readonly decidedAt: number | null
  /** Impressions at a time cursor, which is drawn. */
  readonly at?: number
  /** Of the first two sides; Q and Q̃ when left out. */
  readonly names?: readonly [a: string, b: string]
}

export type DeltaContext = Pick<
  DeltaCurve,
  'updates' | 'plannedUsers' | 'equivalence' | 'verdict' | 'decidedAt' | 'at' | 'names'
>

/** @param challenger place among the challengers of the first side */
export function deltaCurve(curve: Curve, context: DeltaContext, challenger = 0): DeltaCurve {
  const metrics = challengerMetrics[challenger] ?? challengerMetrics[0]
  const users = curve.column('users')
  const delta = curve.column(metrics.delta)
  const isDrawn = (row: number) => users[row]! > 0 && Number.isFinite(delta[row])
  // as a rule these are all rows from the first one on, which need not be copied
  const first = users.findIndex((_, row) => isDrawn(row))
  const isWhole = first >= 0 && users.subarray(first).every((_, i) => isDrawn(first + i))
  const rows = isWhole ? null : Array.from(users, (_, row) => row).filter(isDrawn)
  const take = (column: Float64Array) =>
    rows ? Float64Array.from(rows, (row) => column[row]!) : column.subarray(first)
  const [a, b, ties] = (['winsA', 'winsB', 'ties'] as const).map((metric) =>
    take(curve.column(metric)),
  )
  return {
    ...context,
    users: take(users),
    delta: take(delta),
    low: take(curve.column(metrics.low)),
    high: take(curve.column(metrics.high)),
    // duels are counted for the first challenger alone
    duels: a!.map((wins, row) => (challenger > 0 ? Number.NaN : wins + b![row]! + ties![row]!)),
    impressions: take(curve.column('impressions')),
  }
}

/**
 * Half height of the Δ axis. It follows from the planned users alone, so that the axis stands still
 * while the interval tightens, and widens only for an estimate or a final interval that would leave it.
 */
export function deltaLimit({ plannedUsers, delta, low, high, users }: DeltaCurve): number {
  const steps = [0.04, 0.06, 0.08, 0.12, 0.16, 0.2, 0.3, 0.4, 0.5]
  const last = users.at(-1) ?? 0
  const settled = last >= Math.min(50, plannedUsers / 4) ? delta.subarray(-1) : []
  const closed = last >= plannedUsers
  const reach = Math.max(
    Math.min(0.5, 2.6 / Math.sqrt(Math.max(1, plannedUsers))),
    ...Array.from(settled, (value) => Math.abs(value) * 1.25),
    // an interval is not known before the second user
    ...(closed ? [...low.subarray(-1), ...high.subarray(-1)] : [])
      .filter((end) => Number.isFinite(end))
      .map((end) => Math.abs(end)),
  )
  // a preference ends at ±½, a difference of clicks per list does not
  return steps.find((step) => step >= reach) ?? (reach <= 0.625 ? 0.5 : Math.ceil(reach))
}

export type UpdateMark = 'major' | 'applied' | 'refused' | 'guard'

/** Kind of mark for an update; null for duels that changed nothing and were not refused. */
function updateMark({ kind, result }: UpdateEvent): UpdateMark | null {
  if (kind === 'guard') return 'guard'
  if (kind === 'major') return 'major'
  if (result === 'applied') return 'applied'
  return result === 'refused' ? 'refused' : null
}

const weight: Readonly<Record<UpdateMark, number>> = { guard: 3, major: 2, applied: 1, refused: 0 }

interface DrawnUpdate {
  readonly users: number // where it is drawn
  readonly mark: UpdateMark
  readonly impression: number // served when it happened
}

/**
 * Updates on the axis of users, one for each of `slots` equal parts of it: where several fall into one
 * slot the rarest kind stands for all. Users are interpolated between the points of the curve.
 */
export function updateMarks(
  { updates, impressions, users: closed, plannedUsers }: DeltaCurve,
  slots: number,
): readonly DrawnUpdate[] {
  const best = new Map<number, DrawnUpdate>()
  for (const update of updates) {
    const mark = updateMark(update)
    const at = interpolate(impressions, closed, update.impression)
    if (mark === null || at === null) continue
    const slot = Math.floor((at / plannedUsers) * slots)
    const known = best.get(slot)
    // in the middle of its slot, so that neighbours never overlap
    const users = ((slot + 0.5) / slots) * plannedUsers
    if (!known || weight[mark] > weight[known.mark]) {
      best.set(slot, { users, mark, impression: update.impression })
    }
  }
  return [...best.values()]
}

/** Users at the time cursor; null without one, and before the first user. */
export const usersAt = ({ at, impressions, users }: DeltaCurve): number | null =>
  at === undefined ? null : (users[impressions.findLastIndex((n) => n <= at)] ?? null)

function interpolate(x: Float64Array, y: Float64Array, at: number): number | null {
  const last = x.length - 1
  if (last < 0 || at < x[0]! || at > x[last]!) return null
  let low = 0
  let high = last
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (x[middle]! <= at) low = middle
    else high = middle
  }
  const width = x[high]! - x[low]!
  return width === 0 ? y[low]! : y[low]! + ((at - x[low]!) / width) * (y[high]! - y[low]!)
}

import type { Interval } from './interval.ts'

/** Below this many users Δ̂ is noise, and a forecast from it would be too. */
const fewestUsers = 20
/** A forecast beyond this multiple of the users so far says "not estimable" instead. */
const furthest = 100

/**
 * A rough forecast of how many more users an undecided run needs if Δ̂ stays where it is: a
 * confidence sequence narrows like √(ln n / n), and it decides when its half-width falls below |Δ̂|
 * (0 is excluded) or below r − |Δ̂| (it fits into the equivalence region).
 *
 * @returns users, at least 1; null when it can not be estimated
 */
export function usersStillNeeded(now: {
  readonly users: number
  readonly delta: number | null
  readonly interval: Interval | null
  readonly equivalence: number
  readonly horizon: number | null
  /** Half-width of an interval that excludes nothing; ½ when left out. */
  readonly widest?: number
}): number | null {
  const { users, delta, interval, equivalence, horizon, widest = 0.5 } = now
  if (horizon !== null) return horizon > users ? horizon - users : null
  if (delta === null || interval === null || users < fewestUsers) return null
  const half = (interval.high - interval.low) / 2
  const target = Math.max(Math.abs(delta), equivalence - Math.abs(delta))
  if (half >= widest || target <= 0) return null
  const halfAt = (n: number): number =>
    half * Math.sqrt((users * Math.log(n)) / (n * Math.log(users)))
  if (halfAt(users * furthest) > target) return null
  let low = users
  let high = users * furthest
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (halfAt(middle) > target) low = middle
    else high = middle
  }
  return high - users
}

/** A closed interval; `low` ≤ `high`. */
export interface Interval {
  readonly low: number
  readonly high: number
}

/** Everything a proportion or a mean of scores in [0, 1] can be. */
export const unitInterval: Interval = { low: 0, high: 1 }

/** The interval cut to [0, 1]. */
export function clipToUnit({ low, high }: Interval): Interval {
  return { low: Math.min(1, Math.max(0, low)), high: Math.min(1, Math.max(0, high)) }
}

/** The interval of a mean of scores as one of Δ: Δ = mean − ½. */
export const toDelta = ({ low, high }: Interval): Interval => ({ low: low - 0.5, high: high - 0.5 })

/**
 * What is left of `kept` after `next`; never wider than `kept`. Where the two do not meet, which a
 * valid confidence sequence does with probability at most α, the nearest point of `kept` is left, so
 * that the result stays an interval and its direction is not turned round.
 */
export function narrow(kept: Interval, next: Interval): Interval {
  const low = Math.min(kept.high, Math.max(kept.low, next.low))
  const high = Math.max(kept.low, Math.min(kept.high, next.high))
  return { low, high }
}

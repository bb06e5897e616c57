/** A closed interval; `low` ≤ `high`. */
export interface Interval {
  readonly low: number
  readonly high: number
}

/** Everything a proportion or a mean of scores in [0, 1] can be. */
export const unitInterval: Interval = { low: 0, high: 1 }

/** The interval cut to `range`. */
export function clipTo(range: Interval, { low, high }: Interval): Interval {
  const cut = (x: number) => Math.min(range.high, Math.max(range.low, x))
  return { low: cut(low), high: cut(high) }
}

/** (interval − centre) · scale, scale > 0. */
export const moved = ({ low, high }: Interval, centre: number, scale = 1): Interval => ({
  low: (low - centre) * scale,
  high: (high - centre) * scale,
})

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

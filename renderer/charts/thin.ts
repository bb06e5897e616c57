/** Points of one series that are drawn at most; computing never thins. */
const MAX_DRAWN = 2000
/** Extremes that are looked at per point to draw. */
const CANDIDATES = 4

/**
 * Rows to draw of a long series: both ends, its lowest and highest row, and of each bucket of extremes
 * the one that spans the largest triangle with the point kept before and the mean of the bucket after.
 * All rows when there are at most `limit`.
 *
 * Source: Steinarsson 2013 (LTTB), on the extremes of buckets as Van Der Donckt et al., IEEE VIS 2023
 * (MinMaxLTTB), so that the cost does not grow with the triangles.
 * @param limit at least 5
 * @returns ascending row numbers, at most `limit`
 */
export function rowsToDraw(values: ArrayLike<number>, limit = MAX_DRAWN): number[] {
  const { length } = values
  if (length <= limit) return Array.from({ length }, (_, row) => row)
  const candidates = extremes(values, Math.floor((limit * CANDIDATES) / 2))
  const buckets = limit - 4 // room for both ends and both extremes
  const inner = candidates.length - 2
  const first = (bucket: number) => 1 + Math.floor((bucket * inner) / buckets)
  const rows = new Set([0])
  let last = 0
  for (let bucket = 0; bucket < buckets; bucket++) {
    const [from, to] = [first(bucket), first(bucket + 1)]
    const next = mean(values, candidates, to, Math.min(candidates.length, first(bucket + 2)))
    let best = candidates[from]!
    let widest = -1
    for (let place = from; place < to; place++) {
      const row = candidates[place]!
      const area = Math.abs(
        (last - next.x) * (values[row]! - values[last]!) - (last - row) * (next.y - values[last]!),
      )
      if (area > widest) [widest, best] = [area, row]
    }
    rows.add(best)
    last = best
  }
  rows.add(lowest(values, candidates, -1))
  rows.add(lowest(values, candidates, 1))
  rows.add(length - 1)
  return [...rows].sort((one, other) => one - other)
}

/** Both ends, and the lowest and highest row of each bucket; ascending. */
function extremes(values: ArrayLike<number>, buckets: number): readonly number[] {
  const { length } = values
  const rows = new Set([0])
  for (let bucket = 0; bucket < buckets; bucket++) {
    const from = Math.floor((bucket * length) / buckets)
    const to = Math.floor(((bucket + 1) * length) / buckets)
    let low = from
    let high = from
    for (let row = from; row < to; row++) {
      if (values[row]! < values[low]!) low = row
      if (values[row]! > values[high]!) high = row
    }
    rows.add(Math.min(low, high))
    rows.add(Math.max(low, high))
  }
  rows.add(length - 1)
  return [...rows]
}

function mean(values: ArrayLike<number>, rows: readonly number[], from: number, to: number) {
  let [x, y] = [0, 0]
  for (let place = from; place < to; place++) {
    x += rows[place]!
    y += values[rows[place]!]!
  }
  return { x: x / (to - from), y: y / (to - from) }
}

/** @param sign 1 for the lowest row, −1 for the highest */
const lowest = (values: ArrayLike<number>, rows: readonly number[], sign: 1 | -1): number =>
  rows.reduce((best, row) => (sign * values[row]! < sign * values[best]! ? row : best), rows[0]!)

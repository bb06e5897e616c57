/** Points of one series that are drawn at most; computing never thins. */
const MAX_DRAWN = 4000

/**
 * Rows to draw of a long series: both ends, and of each bucket its lowest and highest row, so that no
 * extreme goes missing. All rows when there are at most `limit`.
 * @returns ascending row numbers, at most `limit`
 */
export function rowsToDraw(values: ArrayLike<number>, limit = MAX_DRAWN): number[] {
  const { length } = values
  if (length <= limit) return Array.from({ length }, (_, row) => row)
  const buckets = Math.floor((limit - 2) / 2)
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
    rows.add(low)
    rows.add(high)
  }
  rows.add(length - 1)
  return [...rows].sort((one, other) => one - other)
}

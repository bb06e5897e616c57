/** Maps a value to a position in the drawing. */
export interface Scale {
  (value: number): number
  readonly ticks: readonly number[]
  /** Decimals that the ticks need. */
  readonly digits: number
}

/**
 * A linear scale over at least [low, high], widened to round steps of 1, 2 or 5 × 10ⁿ.
 * @param from position of the low end @param to position of the high end
 * @param count about how many ticks
 */
export function linearScale(
  [low, high]: readonly [number, number],
  [from, to]: readonly [number, number],
  count = 5,
): Scale {
  const width = high > low ? high - low : Math.max(Math.abs(high), 1) * 0.1
  const rough = width / count
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = power * ([1, 2, 5, 10].find((factor) => factor * power >= rough * 0.999) ?? 10)
  const first = Math.floor(low / step + 1e-9)
  const last = Math.max(first + 1, Math.ceil(high / step - 1e-9))
  const start = first * step
  const end = last * step
  const ticks = Array.from({ length: last - first + 1 }, (_, i) => (first + i) * step)
  const scale = (value: number) => from + ((value - start) / (end - start)) * (to - from)
  const digits = Math.min(6, Math.max(0, -Math.floor(Math.log10(step) + 1e-9)))
  return Object.assign(scale, { ticks, digits })
}

/** A scale that ends exactly where the data does; its ticks lie inside. */
export function exactScale(
  [low, high]: readonly [number, number],
  [from, to]: readonly [number, number],
  count = 5,
): Scale {
  const { ticks, digits } = linearScale([low, high], [from, to], count)
  const scale = (value: number) => from + ((value - low) / (high - low)) * (to - from)
  const inside = ticks.filter((tick) => tick >= low && tick <= high)
  return Object.assign(scale, { ticks: inside, digits })
}

/** Lowest and highest finite value; null when there is none. */
export function extent(values: Iterable<number>): [number, number] | null {
  let low = Infinity
  let high = -Infinity
  for (const value of values) {
    if (!Number.isFinite(value)) continue
    low = Math.min(low, value)
    high = Math.max(high, value)
  }
  return low <= high ? [low, high] : null
}

/** Moves labels apart so that neighbours are at least `gap` apart, as near to their place as can be. */
export function spread(
  positions: readonly number[],
  gap: number,
  low: number,
  high: number,
): number[] {
  const order = [...positions.keys()].sort((a, b) => positions[a]! - positions[b]! || a - b)
  const placed = positions.slice()
  let previous = low - gap
  for (const i of order) {
    placed[i] = Math.max(placed[i]!, previous + gap)
    previous = placed[i]
  }
  let next = high + gap
  for (const i of order.reverse()) {
    placed[i] = Math.min(placed[i]!, next - gap)
    next = placed[i]
  }
  return placed
}

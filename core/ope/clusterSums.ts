import { quantileSorted } from 'd3-array'
import type { Rng } from '#core/random/rng'
import type { Interval } from '#core/stats/interval'

/**
 * Bootstrap over clusters of anything that is a function of sums: G clusters are drawn with
 * replacement, one `int(G)` each, their rows of sums are added, and every statistic is taken of the
 * same draw. Percentile intervals, quantiles of type 7.
 *
 * @param sums [clusters × width], row-major
 * @param statistics from the summed row; NaN is left out of the quantiles
 * @returns through the generator, which yields the number of replicates that are done; per statistic
 * null for fewer than two clusters, or when most replicates had no value
 */
export function* bootstrapSums(
  sums: Float64Array,
  width: number,
  statistics: readonly ((row: Float64Array) => number)[],
  replicates: number,
  alpha: number,
  rng: Rng,
): Generator<number, readonly (Interval | null)[]> {
  const clusters = sums.length / width
  const row = new Float64Array(width)
  const drawn = statistics.map(() => new Float64Array(replicates))
  for (let b = 0; b < replicates && clusters > 1; b++) {
    if (b % 20 === 0) yield b
    row.fill(0)
    for (let g = 0; g < clusters; g++) {
      const from = rng.int(clusters) * width
      for (let s = 0; s < width; s++) row[s]! += sums[from + s]!
    }
    statistics.forEach((statistic, i) => (drawn[i]![b] = statistic(row)))
  }
  return drawn.map((values) => {
    const sorted = Array.from(values.filter((value) => !Number.isNaN(value)).sort())
    if (clusters < 2 || sorted.length < replicates / 2) return null
    const quantile = (p: number) => quantileSorted(sorted, p)!
    return { low: quantile(alpha / 2), high: quantile(1 - alpha / 2) }
  })
}

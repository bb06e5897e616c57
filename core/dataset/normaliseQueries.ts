import type { QueryLog } from './kinds/queries.ts'

/**
 * Each feature stretched to [0, 1] among the documents of a query, 0 where it is the same for all of
 * them: what a linear ranker is usually given, as the units of features differ.
 */
export function normaliseQueries(log: QueryLog): QueryLog {
  const { width, first, queries } = log
  const features = log.features.slice()
  for (let q = 0; q < queries; q++) {
    for (let f = 0; f < width; f++) {
      let low = Infinity
      let high = -Infinity
      for (let d = first[q]!; d < first[q + 1]!; d++) {
        low = Math.min(low, features[d * width + f]!)
        high = Math.max(high, features[d * width + f]!)
      }
      const scale = high > low ? 1 / (high - low) : 0
      for (let d = first[q]!; d < first[q + 1]!; d++) {
        features[d * width + f] = (features[d * width + f]! - low) * scale
      }
    }
  }
  return { ...log, features }
}

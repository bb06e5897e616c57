import type { EngineId } from '#core/stats/engine/index'
import type { Interval } from '#core/stats/interval'
import type { Estimate } from './summary.ts'

/**
 * Side 0 against one challenger, as far as points, the verdict and the family look at it. Δ > 0
 * speaks for side 0: a preference in an interleaved list, or a difference of clicks per list.
 */
export interface Comparison {
  /** Closed users in the estimate. */
  readonly users: number
  delta(): number | null
  /** Of Δ by the locked engine, which decides; null where it has none. */
  interval(): Interval | null
  estimate(engine: EngineId): Estimate
  readonly engines: readonly EngineId[]
  /** Half-width of an interval of Δ that excludes nothing. */
  readonly widest: number
  /** ln e-value of the locked engine against Δ = 0; null for an engine without one. */
  logE(): number | null
  /** Two-sided p of the locked engine; null where it has none. */
  pValue(): number | null
}

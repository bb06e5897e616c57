import type { FeatureGroup } from './features.ts'
import type { OpenTraffic } from './traffic.ts'

/**
 * A world of users and items that a run is served in. What a recommender could know lies in plain
 * arrays; what only the simulator knows stays behind `truth` or the traffic, which agents are never
 * handed.
 */
export type Environment = RatedEnvironment | LiveEnvironment

/** Users with a taste for a fixed catalogue; who asks when is the run's own schedule. */
export interface RatedEnvironment {
  readonly kind: 'rated'
  readonly users: number
  readonly items: number
  readonly observed: RatedObserved
  readonly truth: Truth
}

/** A world with a clock: its users come back when they like, and its candidates come and go. */
export interface LiveEnvironment {
  readonly kind: 'live'
  readonly users: number
  readonly items: number
  readonly observed: Observed
  readonly open: OpenTraffic
}

/** What the recommender may see of the catalogue. All matrices are row-major. */
export interface Observed {
  readonly itemFeatures: Float32Array // [items × itemWidth], what does not change with time
  readonly itemWidth: number
  /** Item vectors whose cosines say how alike two items are, [items × rank]. */
  readonly factors: Float32Array
  readonly rank: number
  /** What the columns of state, item and pair vectors mean, in their order. */
  readonly features: readonly FeatureGroup[]
}

/** Of a world of ratings the recommender sees part of them before the first request. */
export interface RatedObserved extends Observed {
  readonly userFeatures: Float32Array // [users × userWidth]
  readonly userWidth: number
  readonly userFactors: Float32Array // [users × rank], the users in the space of `factors`
  readonly popularity: Float32Array // [items], number of visible interactions
  readonly staticValue: Float32Array // [items], mean visible value over all users, unrated as 0
  readonly history: History
}

/** Visible interactions in user order: those of user u are `start[u] … start[u + 1]`. */
export interface History {
  readonly start: Int32Array // [users + 1]
  readonly item: Int32Array
  readonly value: Float32Array // click probability of the item, were it examined
  /** The same of a pair that is not in the history; null where that means "unknown". */
  readonly unseenValue: number | null
  /** Writes the user's features as they would be without interaction `entry`: no label leaks. */
  leaveOneOut(user: number, entry: number, out: Float32Array): void
}

/** The hidden relevance that clicks follow. */
export interface Truth {
  /** Writes the grade 0 … 4 of each item for the user; −1 where nobody knows one. */
  grades(user: number, items: Int32Array, from: number, count: number, out: Int8Array): void
  readonly attractionByGrade: readonly number[]
  readonly unratedAttraction: number
}

/** P(click | examined) of a graded item. */
export function attraction(truth: Truth, grade: number): number {
  return grade < 0 ? truth.unratedAttraction : truth.attractionByGrade[grade]!
}

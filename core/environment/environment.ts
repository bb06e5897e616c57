/**
 * A world of users and items that a run is served in. What a recommender could know lies in plain
 * arrays; what only the simulator knows is behind `truth`, which agents are never handed.
 */
export interface Environment {
  readonly users: number
  readonly items: number
  readonly observed: Observed
  readonly truth: Truth
}

/** What the recommender may see before the first request. All matrices are row-major. */
export interface Observed {
  readonly itemFeatures: Float32Array // [items × itemWidth]
  readonly itemWidth: number
  readonly userFeatures: Float32Array // [users × userWidth]
  readonly userWidth: number
  /** Item vectors alone, the part of the features that feedback is accumulated in. */
  readonly factors: Float32Array // [items × rank]
  readonly userFactors: Float32Array // [users × rank], the users in the space of `factors`
  readonly rank: number
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

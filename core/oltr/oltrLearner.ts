import type { Rng } from '#core/random/rng'
import type { ClickingUser } from './clickingUser.ts'
import type { Query } from './linearRanking.ts'

/** A linear ranker that learns from the clicks on the lists it shows. */
export interface OltrLearner {
  readonly w: Float64Array // of the ranker as it is now; starts at 0
  /** Serves one impression and learns from it. @returns the list that was shown, valid until the next */
  serve(query: Query, user: ClickingUser, rng: Rng): ArrayLike<number>
}

/** What a learner is made for. */
export interface OltrSetting {
  readonly width: number // features
  readonly k: number // slots of a list
  readonly mostDocuments: number // of one query
}

export interface OltrMethod {
  readonly paper: string
  /** @param learningRate of the first step */
  create(setting: OltrSetting): OltrLearner
}

/** Of all reference runs: the step size shrinks by it at every update. */
export const decay = 0.9999977

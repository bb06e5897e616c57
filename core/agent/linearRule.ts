import type { CandidateFeatures } from './pairFeatures.ts'

/** A shown list with the features of its candidates, as linear learners keep it. */
export interface ObservedList {
  readonly user: number
  readonly rows: Float64Array // [candidates × rowWidth]
  readonly candidates: number
  readonly shown: Int32Array // places among the candidates
  readonly clicked: Uint8Array // one entry per shown item
  readonly last: boolean // no later list of the user closes this one
}

/** How a model that is linear in its features learns; one instance per agent. */
export interface LinearRule {
  /** By which the agent ranks. */
  readonly weights: Float64Array
  /** Whether an explorer may move them: not where they are worked out from something else. */
  readonly movable: boolean
  /** Whether the features of candidates that were not shown are needed. */
  readonly needsPool: boolean
  /** Whether the agent's own list is drawn by Plackett–Luce from its scores. */
  readonly samples: boolean
  /** What is added to the score of a candidate in the agent's own list, such as a confidence bonus. */
  bonus?(rows: Float64Array, at: number): number
  /** One labelled candidate of the time before the run, y in [0, 1]. @returns the loss before it */
  fit(rows: Float64Array, at: number, y: number): number
  /** After the last `fit`. */
  begin?(): void
  /** One list, in the order of time. @returns the mean loss before it */
  learn(list: ObservedList): number
  /** Mean entropy of a slot's choice in the agent's own list, in nats, where it draws that list. */
  entropy?(list: ObservedList): number
  /** What `weights` alone does not tell; plain data. */
  state(): unknown
  restore(state: unknown): void
}

/** Makes a rule for features of a kind. */
export type LinearRuleMaker<P> = (params: P, features: CandidateFeatures) => LinearRule

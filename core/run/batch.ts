import type { NetworkRecord } from './networkRecord.ts'

/**
 * Impressions of one batch as columns. `k` slots per impression; a shorter list is padded with −1.
 * Outcome codes: see `outcomeCodes`.
 */
export interface ImpressionChunk {
  readonly from: number // index of the first impression
  readonly count: number
  readonly k: number
  readonly user: Int32Array // [count]
  readonly seconds: Float64Array // [count], simulated time
  readonly outcome: Uint8Array // [count]
  readonly vote: Float32Array // [count], vote value in [0, 1]; NaN for a no-vote
  readonly shown: Int32Array // [count × k], item rows
  readonly team: Int8Array // [count × k], 0 = A, 1 = B, −1 = neutral or padding
  readonly clicked: Uint8Array // [count × k]
  readonly listA: Int32Array // [count × k], top-k of the A side
  readonly listB: Int32Array // [count × k]
}

export const outcomeCodes = ['a', 'b', 'tie', 'noVote'] as const
export type OutcomeCode = (typeof outcomeCodes)[number]

/** One change of the weights, or a duel that changed nothing. */
export interface UpdateEvent {
  readonly kind: 'minor' | 'major' | 'guard'
  readonly impression: number // impressions served when it happened
  readonly result: 'applied' | 'refused' | 'tie' | 'void' | 'trained' | 'rescaled'
  readonly creditA: number // pooled credit of the duel; 0 for a major update
  readonly creditB: number
  readonly stepNorm: number // ‖W after − W before‖
  readonly normRatio: number // ‖W after‖ / ‖W at the first request‖
  readonly loss: number // mean TD loss of a major update, NaN for a minor one
  readonly entropy: number // nats per slot, of the policy that a major update met; NaN without one
}

/** What a run hands out every `pointEvery` impressions; stored in one transaction. */
export interface RunBatch {
  readonly step: number // 0, 1, 2, …
  readonly done: number // impressions served
  readonly total: number
  readonly point: Float64Array // by `pointMetrics`
  readonly chunk: ImpressionChunk
  readonly updates: readonly UpdateEvent[]
  /** Comes with some batches; no part of the digest. */
  readonly networks?: NetworkRecord
}

/** Everything a run needs to go on from a batch boundary. Opaque outside core/run; plain data. */
export interface Checkpoint {
  readonly format: 1
  readonly step: number // last batch that is contained
  readonly done: number
  readonly state: unknown // plain objects, numbers, strings and typed arrays
}

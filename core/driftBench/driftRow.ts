import type { DbgdParams, EsParams, GeneticParams, MgdParams } from '#core/explorer/params'

/** How an agent of the bench fills its lists, and what it learns by. */
export interface DriftRow {
  readonly id: string
  readonly serving: DriftServing
  /** Learning rate of one squared-error step on the shown list after every request; 0 = none. */
  readonly sgd: number
  /** Of the weights; float64 unless it says otherwise. */
  readonly precision?: 'float32'
}

type DriftServing =
  | { readonly kind: 'greedy' }
  | { readonly kind: 'epsilonGreedy'; readonly epsilon: number }
  | { readonly kind: 'linUcb'; readonly bonus: number; readonly decay: number }
  | {
      readonly kind: 'weights'
      readonly explorer: DbgdParams | MgdParams | EsParams | GeneticParams
      /** A whole list of one side after the other instead of one merged list. */
      readonly inTurn?: boolean
    }

/** What one agent did in one world of one seed. */
export interface DriftResult {
  readonly ctr: number
  readonly beforeJump: number // the 500 requests before half time
  readonly afterJump: number // the 300 requests from half time on
  readonly last: number // the last 500 requests
  readonly normGrowth: number | null // ‖W‖ at the end / at the start; null without a network
  readonly guardEvents: number
  readonly duels: {
    readonly won: number
    readonly lost: number
    readonly tied: number
    readonly void: number
  }
  readonly overlap: number // mean share of the first side's list that the others hold; 1 if alone
  readonly curve: readonly number[] // CTR of every `curveWindow` requests
}

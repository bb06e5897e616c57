import type { EpisodeFigures } from '#core/episode/evaluateEpisodes'
import type { LevelAgreement } from '#core/tree/compareTrees'
import type { NodeStatistics, TreeSummary } from '#core/tree/treeStatistics'
import type { Baseline } from './baselineFigures.ts'

/** Where a learner stands; figures of held-out users on the same evaluation stream every time. */
export interface TrainPoint {
  readonly update: number
  /** Episodes (TPGR), transitions (Wolpertinger) or lists (FCPO) learnt from so far. */
  readonly seen: number
  readonly argmax: EpisodeFigures
  /** Of the policy as it samples; null for deterministic ones. */
  readonly sampled: EpisodeFigures | null
  /** Gauges of the learner by name, means since the last point. */
  readonly gauges: Readonly<Record<string, number | null>>
}

export interface TrainReport {
  readonly kind: 'tpgr' | 'wolpertinger' | 'fcpo'
  readonly world: string
  readonly items: number
  readonly parameters: number
  /** `representationKey` of the item vectors; null for vectors that came with the items. */
  readonly vectors: string | null
  readonly baselines: readonly Baseline[]
  readonly points: readonly TrainPoint[]
  readonly tree: {
    readonly summary: TreeSummary
    /** Nodes of the levels that a page can draw; of the last sampled evaluation. */
    readonly levels: readonly (readonly NodeStatistics[])[]
    /** Against a random tree over the same items. */
    readonly againstRandom: readonly LevelAgreement[]
  } | null
  /** What a reader must know before he compares, in the order of weight. */
  readonly notes: readonly TrainNote[]
}

export type TrainNote =
  | 'unratedIsZero' // a policy is rewarded for finding items that were rated
  | 'middleIsUnrated' // the middle rating gives 0, as an item without one
  | 'noUsersHeldBack' // world B has no users: all starts are trained on

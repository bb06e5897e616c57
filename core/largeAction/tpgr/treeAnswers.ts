import type { ModelRow } from '#core/contract/models'
import type { TrainPoint, TrainReport } from '../trainReport.ts'
import type { TpgrSpec } from '../trainParams.ts'
import type { DecisionPath } from './decisionPath.ts'
import type { TreeComparison } from '#core/tree/treeComparison'
import type { TreeFacts } from '#core/tree/treeFacts'

/** A model that holds a tree. */
export interface TreeRow {
  readonly row: ModelRow
  /** What it was trained by; null where that can not be read. */
  readonly spec: TpgrSpec | null
}

/** How the policy of a tree learnt, while its training is in the workspace. */
export interface TreeCurve {
  readonly points: readonly Pick<TrainPoint, 'update' | 'argmax' | 'sampled'>[]
  readonly baselines: TrainReport['baselines']
}

export interface TreeDetail extends TreeFacts {
  readonly row: ModelRow
  readonly spec: TpgrSpec
  readonly parameters: number
  /** Items are called by the ids of their file. */
  readonly hasIds: boolean
  readonly curve: TreeCurve | null
}

/** A decision with items by name. */
export interface DecisionView extends Omit<DecisionPath, 'history' | 'item' | 'top'> {
  /** A user of world A, or the item that an episode of world B begins with. */
  readonly startKind: 'user' | 'item'
  readonly start: string
  readonly starts: number // users, or items
  readonly heldBack: boolean // not learnt from
  readonly step: number
  readonly horizon: number
  readonly history: readonly { readonly item: string; readonly answer: number }[]
  readonly item: string
  readonly top: readonly {
    readonly item: string
    readonly path: string
    readonly probability: number
  }[]
}

/** The vectors that a tree was split by, beside those of other trees over the same items. */
export interface SpaceRow {
  readonly row: ModelRow
  readonly spec: TpgrSpec
  readonly width: number
  readonly reconstruction: number | null
  /** Shares of the variance along the first principal direction, and along the first eight. */
  readonly first: number
  readonly eight: number
  readonly effectiveWidth: number
  /** Mean share of an item's ten nearest that the chosen model's vectors give too; 1 for itself. */
  readonly agreement: number | null
  readonly balance: number
  /** The whole training, waiting and pauses included; null once it was deleted. */
  readonly seconds: number | null
}

/** Two trees side by side. */
export interface TreesCompared extends TreeComparison {
  readonly sides: readonly [TreeDetail, TreeDetail]
}

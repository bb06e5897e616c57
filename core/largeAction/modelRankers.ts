import type { RatedObserved } from '#core/environment/environment'
import type { SavedModel } from '#core/model/savedModel'
import type { Ranker } from '#core/ranker/ranker'
import { fcpoRanker } from './fcpo/fcpoRanker.ts'
import { tpgrRanker } from './tpgr/tpgrRanker.ts'
import { wolpertingerRanker } from './wolpertinger/wolpertingerRanker.ts'

/** Trained agents for many items that can stand in a duel, by the kind of their model. */
export const modelRankers = {
  tpgr: tpgrRanker,
  wolpertinger: wolpertingerRanker,
  fcpo: fcpoRanker,
} satisfies Record<string, (model: SavedModel, observed: RatedObserved) => Ranker>

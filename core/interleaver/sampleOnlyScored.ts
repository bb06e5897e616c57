import { z } from 'zod'
import type { Id, Interleaver, Ranking } from './interleaver.ts'
import { chanceOf } from '#core/random/chance'
import { LengthParams, distinct, lawOf, prepare, rankMap, toDraw } from './prepare.ts'
import { settle } from './settle.ts'
import { draft } from './teamDraft.ts'

const SampleOnlyScoredParams = z.object({
  tau: z
    .number()
    .min(0)
    .max(50)
    .default(3)
    .describe('decay of the credit over ranks, rank^-tau (Brost et al., CIKM 2016)'),
  ...LengthParams.shape,
})

/**
 * Multileaving where each ranker is scored by how it orders the shown items alone. Scales to many
 * rankers, but is not unbiased: with random clicks it prefers some rankers to others.
 */
export const sampleOnlyScored: Interleaver<z.infer<typeof SampleOnlyScoredParams>> = {
  paper: 'Brost, Cox, Seldin & Lioma, "An improved multileaving algorithm", CIKM 2016',
  params: SampleOnlyScoredParams,
  maxRankers: null,
  unbiased: false,
  measure: 'vote',
  interleave(rankings, length, params, rng) {
    const prepared = prepare(rankings, length, params.lengthPolicy)
    const { lists } = prepared
    return toDraw(prepared, draft(lists, prepared.length, 'prefix_neutral', chanceOf(rng)))
  },
  credit(draw, rankings, clicked, params) {
    return settle(draw, rankings, clicked, params.creditTail, (slots) => ({
      credit: rankings.map((ranking) => scoreOf(ranking, draw.list, slots, params.tau)),
    }))
  },
  distribution(rankings, length, params) {
    const { lists, length: served } = prepare(rankings, length, params.lengthPolicy)
    return lawOf((chance) => draft(lists, served, 'prefix_neutral', chance))
  },
}

/** Σ rank^-tau over the clicked items, in the ranking's order of the shown items, absent ones last. */
function scoreOf(
  ranking: Ranking,
  shown: readonly Id[],
  slots: readonly number[],
  tau: number,
): number {
  const isShown = new Set(shown)
  const ranks = rankMap(distinct(ranking).filter((item) => isShown.has(item)))
  return slots.reduce((score, slot) => {
    const rank = ranks.get(shown[slot]!)
    return score + (rank === undefined ? shown.length : rank + 1) ** -tau
  }, 0)
}

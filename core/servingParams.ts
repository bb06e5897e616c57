import { z } from 'zod'
import type { InterleaverId } from './interleaver/index.ts'

/** Parameters of the interleaver that a run serves with. */
export const InterleaverSpec = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('teamDraft'),
    sharedDocs: z
      .enum(['drawer', 'prefix_neutral', 'same_rank_neutral', 'same_pick_neutral'])
      .default('drawer')
      .describe('which team an item belongs to that both lists would show'),
  }),
  z.strictObject({
    kind: z.literal('probabilistic'),
    tau: z
      .number()
      .min(0)
      .max(20)
      .default(3)
      .describe('decay of the rank soft-max, p ∝ rank^−τ (Hofmann et al., CIKM 2011)'),
    sampling: z
      .enum(['replace', 'noReplace'])
      .default('replace')
      .describe(
        'replace: a fair coin for each slot; noReplace: each ranker once in every round of as many slots as there are rankers, which three or more rankers always use',
      ),
  }),
  z.strictObject({
    kind: z.literal('optimized'),
    maxLists: z
      .int()
      .min(2)
      .max(512)
      .default(64)
      .describe(
        'lists that one request chooses among; more are a random sample of the possible ones',
      ),
  }),
])
export type InterleaverSpec = z.output<typeof InterleaverSpec>

/** Why the other registered methods can not feed the engines, which average votes in [0, 1]. */
export const unfitInterleavers: Readonly<
  Record<Exclude<InterleaverId, InterleaverSpec['kind']>, string>
> = {
  balanced: 'its votes are biased: under random clicks one ranker can be preferred',
  debiasedBalanced: 'its unbiased quantity has no bound, so that it is no vote between 0 and 1',
  pairwisePreference: 'its unbiased quantity has no bound, so that it is no vote between 0 and 1',
  sampleOnlyScored: 'its votes are biased: under random clicks one ranker can be preferred',
}

/** Parameters of the simulated users' clicks. */
export const ClickSpec = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('positionBased'),
    eta: z
      .number()
      .min(0)
      .max(4)
      .default(1)
      .describe('strength of position bias: P(click at r) = θ_r^η · attraction; 0 switches it off'),
  }),
])
export type ClickSpec = z.output<typeof ClickSpec>

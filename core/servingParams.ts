import { z } from 'zod'

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
        'replace: a fair coin for each slot; noReplace: each ranker once in every two slots',
      ),
  }),
])
export type InterleaverSpec = z.output<typeof InterleaverSpec>

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

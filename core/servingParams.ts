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
  z.strictObject({ kind: z.literal('balanced') }),
  z.strictObject({
    kind: z.literal('debiasedBalanced'),
    theta: z
      .enum(['inverse', 'uniform'])
      .default('inverse')
      .describe(
        'examination that the credit assumes: inverse = 1/rank; uniform = 1, which can not see a change of order',
      ),
  }),
  z.strictObject({ kind: z.literal('pairwisePreference') }),
  z.strictObject({
    kind: z.literal('sampleOnlyScored'),
    tau: z
      .number()
      .min(0)
      .max(20)
      .default(3)
      .describe('decay of the credit over ranks, rank^−τ (Brost et al., CIKM 2016)'),
  }),
])
export type InterleaverSpec = z.output<typeof InterleaverSpec>

/** When the coin of stopping is tossed; the same parameters give different clicks. */
const stop = z
  .enum(['after_click', 'every_rank'])
  .default('after_click')
  .describe(
    'when the stop coin is tossed: after_click as in the papers, lerot and OLTR; every_rank, clicked or not, as in HarrieO/OnlineLearningToRank and mpkato/interleaving',
  )

/** Parameters of the simulated users' clicks; attraction is the world's unless a kind has its own. */
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
  z.strictObject({
    kind: z.literal('cascade'),
    satisfaction: z
      .number()
      .min(0)
      .max(1)
      .default(1)
      .describe(
        'probability that a user stops when the coin is tossed; 1: one click ends the list (Craswell et al., WSDM 2008)',
      ),
    stop,
  }),
  z.strictObject({
    kind: z.literal('dependentClick'),
    lambda: z
      .number()
      .min(0)
      .max(1)
      .default(0.8)
      .describe(
        'probability to read on after a click (the model: Guo, Liu & Wang, WSDM 2009; one value for all ranks: choice of this project)',
      ),
  }),
  z.strictObject({
    kind: z.literal('dynamicBayesian'),
    gamma: z
      .number()
      .min(0)
      .max(1)
      .default(0.9)
      .describe(
        'probability that a user who is not satisfied reads the next slot (Chapelle & Zhang, WWW 2009)',
      ),
    satisfaction: z
      .number()
      .min(0)
      .max(1)
      .default(0.7)
      .describe(
        'σ: a click on an item satisfies with probability σ · attraction (choice of this project)',
      ),
  }),
  z.strictObject({
    kind: z.literal('userBrowsing'),
    eta: z
      .number()
      .min(0)
      .max(4)
      .default(1)
      .describe(
        'strength of position bias: the probabilities γ of rank and distance to the last click, to the power η (the model: Dupret & Piwowarski, SIGIR 2008)',
      ),
  }),
  z.strictObject({
    kind: z.literal('graded'),
    users: z
      .enum(['perfect', 'navigational', 'informational', 'almostRandom', 'random'])
      .default('navigational')
      .describe(
        'a cascade with click and stop probabilities by grade instead of the world’s attraction (values: HarrieO/OnlineLearningToRank)',
      ),
    stop,
  }),
])
export type ClickSpec = z.output<typeof ClickSpec>

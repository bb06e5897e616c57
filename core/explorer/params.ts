import { z } from 'zod'

const alpha = z
  .number()
  .min(0)
  .max(10)
  .default(0.1)
  .describe('α, exploration coefficient: relative size of ΔW (DRN uses .1)')

const duelImpressions = z
  .int()
  .min(1)
  .max(10_000_000)
  .default(50)
  .describe('M, impressions that one update duel pools')

const duelSeconds = z
  .number()
  .min(0)
  .max(31_536_000)
  .default(0)
  .describe(
    'simulated seconds that one update duel lasts, instead of M impressions; 0 counts impressions (published: 30 minutes, 1800)',
  )

const credit = z
  .enum(['count', 'rate', 'marginal'])
  .default('count')
  .describe(
    'count: clicks of each side, as in DRN · rate: clicks per slot of each side, robust when one holds more slots · marginal: expected clicks over all ways in which the list may have been drawn',
  )

const eta = z
  .number()
  .min(0)
  .max(10)
  .default(0.05)
  .describe('η, share of ΔW that is kept when the explore network wins')

const minorRule = z
  .enum(['step', 'printed', 'replace', 'none'])
  .default('step')
  .describe(
    'step: W + η·ΔW · printed: W + η·Q~ as in the paper’s eq. 8, which inflates the norm · replace: W ← Q~ · none: duels are counted, W stays',
  )

const perturbScope = z
  .enum(['element', 'additive', 'tensor'])
  .default('element')
  .describe(
    'element: α·U(−1,1)·w per weight · additive: scaled by the layer’s RMS, moves zeros · tensor: one number per tensor (demonstration)',
  )

const perturbLayers = z
  .enum(['all', 'advantage', 'last'])
  .default('all')
  .describe('which layers ΔW touches')

const normGuard = z
  .enum(['rescale', 'halt', 'off'])
  .default('rescale')
  .describe('what happens when a printed update inflates the norm')

const rounds = { duelImpressions, duelSeconds }

/** Of strategies that move W towards the networks that won. */
const weightDuel = {
  alpha,
  eta,
  ...rounds,
  credit,
  minorRule,
  perturbScope,
  perturbLayers,
  normGuard,
}

/** How a winner moves W. */
export interface MinorRuleParams {
  readonly minorRule: z.output<typeof minorRule>
  readonly eta: number
  readonly normGuard: z.output<typeof normGuard>
}

/** Dueling bandit gradient descent on the network’s weights (DRN §4.4; Yue & Joachims, ICML 2009). */
export const DbgdParams = z.strictObject({
  kind: z.literal('dbgd'),
  ...weightDuel,
  exchangeable: z
    .boolean()
    .default(false)
    .describe('A/A: both sides are independent perturbations of Q, so that the truth is Δ = 0'),
})
export type DbgdParams = z.output<typeof DbgdParams>

/** Multi-direction gradient descent: n explore networks and Q in one multileaved list. */
export const MgdParams = z.strictObject({
  kind: z.literal('mgd'),
  directions: z
    .int()
    .min(1)
    .max(9)
    .default(4)
    .describe(
      'n, explore networks that share a list with Q (Schuth et al., WSDM 2016, take 9 with team draft); 1 is DBGD',
    ),
  ...weightDuel,
})
export type MgdParams = z.output<typeof MgdParams>

/** Evolution strategies: antithetic pairs, compared in one list, so by the same users. */
export const EsParams = z.strictObject({
  kind: z.literal('es'),
  pairs: z
    .int()
    .min(1)
    .max(5)
    .default(1)
    .describe('antithetic pairs W ± σε that share a list; 2 · pairs sides'),
  sigma: z
    .number()
    .positive()
    .max(10)
    .default(0.2)
    .describe('σ, size of the noise in units of a layer’s RMS (chosen by the drift bench)'),
  eta: eta.describe('η, step along Σ F·ε'),
  shaping: z
    .enum(['rank', 'raw'])
    .default('rank')
    .describe(
      'F of a side: rank: its rank among all sides, from −½ to ½ (Salimans et al., 2017) · raw: its credit per impression',
    ),
  ...rounds,
  credit: credit.default('rate'),
  perturbLayers,
})
export type EsParams = z.output<typeof EsParams>

/** A genetic algorithm with an elite of one: the best of Q and n mutated offspring goes on. */
export const GeneticParams = z.strictObject({
  kind: z.literal('genetic'),
  offspring: z
    .int()
    .min(1)
    .max(9)
    .default(4)
    .describe('n, mutated children that share a list with their parent Q'),
  alpha: alpha.describe('α, size of a mutation'),
  ...rounds,
  credit: credit.default('rate'),
  perturbScope,
  perturbLayers,
})
export type GeneticParams = z.output<typeof GeneticParams>

/** No explore network: side B is a list with random replacements (Sutton & Barto, 2018, §2.2). */
export const EpsilonGreedyParams = z.strictObject({
  kind: z.literal('epsilonGreedy'),
  epsilon: z
    .number()
    .min(0)
    .max(1)
    .default(0.1)
    .describe('ε, probability that a slot of side B holds a random candidate'),
  ...rounds,
})
export type EpsilonGreedyParams = z.output<typeof EpsilonGreedyParams>

/** No explore network: side B is drawn by Plackett–Luce from softmax(Q / T). */
export const BoltzmannParams = z.strictObject({
  kind: z.literal('boltzmann'),
  temperature: z
    .number()
    .positive()
    .max(1000)
    .default(0.05)
    .describe('T, in units of Q, that is of clicks; towards 0 side B is Q’s own list'),
  ...rounds,
})
export type BoltzmannParams = z.output<typeof BoltzmannParams>

/** Q alone is shown: the line that says what exploring costs and brings. */
const NoExplorerParams = z.strictObject({
  kind: z.literal('none'),
  duelImpressions: duelImpressions.describe('impressions of a round between two updates'),
  duelSeconds,
})

export const ExplorerSpec = z.discriminatedUnion('kind', [
  DbgdParams,
  MgdParams,
  EsParams,
  GeneticParams,
  EpsilonGreedyParams,
  BoltzmannParams,
  NoExplorerParams,
])
export type ExplorerSpec = z.output<typeof ExplorerSpec>

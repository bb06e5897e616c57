import { z } from 'zod'

/** Dueling bandit gradient descent on the network’s weights (DRN §4.4; Yue & Joachims, ICML 2009). */
export const DbgdParams = z.strictObject({
  kind: z.literal('dbgd'),
  alpha: z
    .number()
    .min(0)
    .max(10)
    .default(0.1)
    .describe('α, exploration coefficient: relative size of ΔW'),
  eta: z
    .number()
    .min(0)
    .max(10)
    .default(0.05)
    .describe('η, share of ΔW that is kept when the explore network wins'),
  duelImpressions: z
    .int()
    .min(1)
    .max(10_000_000)
    .default(50)
    .describe('M, impressions that one update duel pools'),
  minorRule: z
    .enum(['step', 'printed', 'replace', 'none'])
    .default('step')
    .describe(
      'step: W + η·ΔW · printed: W + η·Q~ as in the paper’s eq. 8, which inflates the norm · replace: W ← Q~ · none: duels are counted, W stays',
    ),
  perturbScope: z
    .enum(['element', 'additive', 'tensor'])
    .default('element')
    .describe(
      'element: α·U(−1,1)·w per weight · additive: scaled by the layer’s RMS, moves zeros · tensor: one number per tensor (demonstration)',
    ),
  perturbLayers: z
    .enum(['all', 'advantage', 'last'])
    .default('all')
    .describe('which layers ΔW touches'),
  normGuard: z
    .enum(['rescale', 'halt', 'off'])
    .default('rescale')
    .describe('what happens when a printed update inflates the norm'),
  exchangeable: z
    .boolean()
    .default(false)
    .describe('A/A: both sides are independent perturbations of Q, so that the truth is Δ = 0'),
})
export type DbgdParams = z.output<typeof DbgdParams>

export const ExplorerSpec = z.discriminatedUnion('kind', [DbgdParams])
export type ExplorerSpec = z.output<typeof ExplorerSpec>

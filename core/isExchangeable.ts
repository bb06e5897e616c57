import type { ExperimentSpec } from './experimentSpec.ts'

/** A/A: both sides are drawn alike, so that the truth is Δ = 0. */
export const isExchangeable = ({ design, explorer }: ExperimentSpec): boolean =>
  design === 'explore' && explorer.kind === 'dbgd' && explorer.exchangeable

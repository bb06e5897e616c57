import type { OltrMethodId } from './index.ts'

export const oltrClicks = ['perfect', 'navigational', 'informational'] as const
export type OltrClicks = (typeof oltrClicks)[number]

/**
 * Held-out nDCG@10 after 10,000 impressions, measured with the classes of
 * HarrieO/OnlineLearningToRank on LightGBM's lambdarank example, stop coin at every rank, 5 runs
 * (interleaving.md §7.1): bands, not goldens. Its P-DBGD samples who drew what.
 */
export const referenceNdcg: Readonly<Record<OltrMethodId, Readonly<Record<OltrClicks, number>>>> = {
  tdDbgd: { perfect: 0.708, navigational: 0.701, informational: 0.678 },
  pDbgd: { perfect: 0.709, navigational: 0.697, informational: 0.663 },
  pDbgdSampled: { perfect: 0.709, navigational: 0.697, informational: 0.663 },
  tdMgd: { perfect: 0.72, navigational: 0.697, informational: 0.695 },
  pdgd: { perfect: 0.742, navigational: 0.745, informational: 0.74 },
  pairwise: { perfect: 0.717, navigational: 0.708, informational: 0.701 },
}

/** Runs that the reference's figures are means of. */
export const referenceRuns = 5

/** Standard deviation over the reference's runs. */
export const referenceSd: typeof referenceNdcg = {
  tdDbgd: { perfect: 0.021, navigational: 0.011, informational: 0.023 },
  pDbgd: { perfect: 0.011, navigational: 0.013, informational: 0.032 },
  pDbgdSampled: { perfect: 0.011, navigational: 0.013, informational: 0.032 },
  tdMgd: { perfect: 0.008, navigational: 0.011, informational: 0.022 },
  pdgd: { perfect: 0.006, navigational: 0.012, informational: 0.009 },
  pairwise: { perfect: 0.002, navigational: 0.002, informational: 0.003 },
}

/** A mean within it of the reference's is the same result: the held-out set is small. */
export const referenceBand = 0.02

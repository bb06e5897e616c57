export interface Exposure {
  /** 0 = every item equally often, towards 1 = one item alone; 0 without any exposure. */
  readonly gini: number
  /** × n/(n − 1); null with fewer than two items. */
  readonly giniUnbiased: number | null
  /** Share of the catalogue that was shown at all; null without items. */
  readonly coverage: number | null
  /** Shannon entropy of the shares in bits. */
  readonly entropyBits: number
  /** 2^entropy: as many equally shown items would spread the same; 0 without exposure. */
  readonly effectiveItems: number
  /** Cumulated shares, least exposed first, from 0 to 1: n + 1 points; all 0 without exposure. */
  readonly lorenz: readonly number[]
}

/**
 * How exposure is spread over a catalogue.
 *
 * Source: Castells, Hurley & Vargas, "Novelty and diversity in recommender systems", Recommender
 * Systems Handbook, 2015 (Gini, coverage, entropy).
 * @param exposures times shown per item, zero-exposure items included
 */
export function exposure(exposures: readonly number[]): Exposure {
  const n = exposures.length
  const rising = [...exposures].sort((a, b) => a - b)
  const total = rising.reduce((a, b) => a + b, 0)
  let cumulated = 0
  const lorenz = [0, ...rising.map((x) => (total === 0 ? 0 : (cumulated += x) / total))]
  const weighted = rising.reduce((sum, x, i) => sum + (2 * (i + 1) - n - 1) * x, 0)
  const gini = total === 0 ? 0 : weighted / (n * total)
  const entropyBits = rising.reduce(
    (bits, x) => (x === 0 ? bits : bits - (x / total) * Math.log2(x / total)),
    0,
  )
  return {
    gini,
    giniUnbiased: n < 2 ? null : (gini * n) / (n - 1),
    coverage: n === 0 ? null : rising.filter((x) => x > 0).length / n,
    entropyBits,
    effectiveItems: total === 0 ? 0 : 2 ** entropyBits,
    lorenz,
  }
}

import { dcg, type Gain } from './dcg.ts'

export interface NdcgOptions {
  readonly k: number
  readonly gain?: Gain
  /**
   * Grades of all judged documents: the ideal is the best list that could be built (pool ideal).
   * Without them the ideal is the best order of the list itself, a number that flatters.
   */
  readonly pool?: readonly number[]
}

/**
 * nDCG@k in [0, 1]; 0 when nothing is relevant, and then `skipped`, so that means can say how many
 * queries had no answer.
 *
 * @param grades graded relevance in rank order, each ≥ 0
 */
export function ndcg(
  grades: readonly number[],
  { k, gain = 'exponential', pool = grades }: NdcgOptions,
): { readonly value: number; readonly skipped: boolean } {
  const ideal = dcg(
    [...pool].sort((a, b) => b - a),
    k,
    gain,
  )
  return ideal === 0
    ? { value: 0, skipped: true }
    : { value: dcg(grades, k, gain) / ideal, skipped: false }
}

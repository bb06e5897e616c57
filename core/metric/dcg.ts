/** `exponential`: 2^grade − 1; `linear`: the grade itself. */
export type Gain = 'exponential' | 'linear'

/**
 * Discounted cumulative gain Σ gain(grade_i)/log₂(i + 1) of the first k grades.
 *
 * Source: Järvelin & Kekäläinen, ACM TOIS 20(4), 2002; exponential gain of Burges et al., ICML 2005.
 * @param grades graded relevance in rank order, each ≥ 0
 */
export function dcg(grades: readonly number[], k: number, gain: Gain = 'exponential'): number {
  let total = 0
  for (let i = 0; i < Math.min(k, grades.length); i++) {
    const grade = grades[i]!
    total += (gain === 'exponential' ? 2 ** grade - 1 : grade) / Math.log2(i + 2)
  }
  return total
}

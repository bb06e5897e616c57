/**
 * A user's mean difference δ as a score in [0, 1] for the betting engine: ½ + δ/(2M).
 *
 * @param bound M, locked before launch
 * @returns null when |δ| exceeds M: the run becomes invalid, a score is never clipped
 */
export function boundedScore(delta: number, bound: number): number | null {
  return Math.abs(delta) > bound ? null : 0.5 + delta / (2 * bound)
}

import chisquareCdf from '@stdlib/stats-base-dists-chisquare-cdf'

/**
 * P-value of Pearson's test that counts follow a law; cells expected less than five times are
 * pooled.
 *
 * @param counts observed, per key
 * @param law probability per key; must name every key that was observed
 */
export function chiSquareP(
  counts: ReadonlyMap<string, number>,
  law: ReadonlyMap<string, number>,
): number {
  const draws = [...counts.values()].reduce((sum, count) => sum + count, 0)
  let statistic = 0
  let cells = 0
  let rareExpected = 0
  let rareObserved = 0
  const add = (observed: number, expected: number): void => {
    statistic += (observed - expected) ** 2 / expected
    cells++
  }
  for (const [key, p] of law) {
    const observed = counts.get(key) ?? 0
    if (p * draws >= 5) {
      add(observed, p * draws)
    } else {
      rareExpected += p * draws
      rareObserved += observed
    }
  }
  if (rareExpected > 0) add(rareObserved, rareExpected)
  return cells < 2 ? 1 : 1 - chisquareCdf(statistic, cells - 1)
}

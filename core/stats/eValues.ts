/** ln of the product of e values of disjoint sets of users; over the same users it is not one. */
export const lnProductOfDisjoint = (lnE: readonly number[]): number =>
  lnE.reduce((total, x) => total + x, 0)

/** ln of the mean of e values, an e value under any dependence; null for an empty family. */
export function lnMeanOfE(lnE: readonly number[]): number | null {
  if (lnE.length === 0) return null
  const largest = Math.max(...lnE)
  if (largest === -Infinity) return -Infinity
  const total = lnE.reduce((sum, x) => sum + Math.exp(x - largest), 0)
  return largest + Math.log(total / lnE.length)
}

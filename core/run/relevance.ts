const bestGrade = 4
/** A grade that counts as relevant: at least 3.5 of 5 stars. */
const relevantFrom = 3

/**
 * nDCG of a list with gain 2^grade − 1, against the best list of the same length from the pool; as
 * `metric/ndcg.ts` has it, in one pass over the pool and without sorting it.
 * @param grades of the candidates, −1 without one
 * @param listed places of the list's items in the pool, best first
 * @returns NaN where no candidate has a grade above 0
 */
export function gradedNdcg(grades: Int8Array, listed: Int32Array): number {
  const counts = new Int32Array(bestGrade + 1)
  for (const grade of grades) if (grade > 0) counts[grade]!++
  let ideal = 0
  let rank = 0
  for (let grade = bestGrade; grade > 0; grade--) {
    for (let n = counts[grade]!; n > 0 && rank < listed.length; n--) ideal += gain(grade, rank++)
  }
  if (ideal === 0) return Number.NaN
  let reached = 0
  for (let r = 0; r < listed.length; r++) reached += gain(Math.max(0, grades[listed[r]!]!), r)
  return reached / ideal
}

/**
 * The same where the gain of a candidate is any number, against a list that is known to be the best: in
 * single precision, so that another may be better by a rounding.
 * @returns NaN where no candidate has a gain
 */
export function gainNdcg(gains: Float64Array, listed: Int32Array, best: Int32Array): number {
  const reached = dcg(gains, listed)
  return reached / Math.max(reached, dcg(gains, best))
}

/** Share of k places with a relevant item. */
export function precisionAt(grades: Int8Array, listed: Int32Array, k: number): number {
  let relevant = 0
  for (const place of listed) if (grades[place]! >= relevantFrom) relevant++
  return relevant / k
}

function dcg(gains: Float64Array, listed: Int32Array): number {
  let sum = 0
  for (let r = 0; r < listed.length; r++) sum += gains[listed[r]!]! / Math.log2(r + 2)
  return sum
}

const gain = (grade: number, rank: number): number => (2 ** grade - 1) / Math.log2(rank + 2)

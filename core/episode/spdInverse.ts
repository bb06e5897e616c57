/**
 * Inverse of a symmetric positive definite matrix by Cholesky's factorisation.
 * @param m [k × k], row-major, not changed
 * @throws RangeError if it is not positive definite
 */
export function spdInverse(m: Float64Array, k: number): Float64Array {
  const lower = new Float64Array(k * k)
  for (let i = 0; i < k; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = m[i * k + j]!
      for (let f = 0; f < j; f++) sum -= lower[i * k + f]! * lower[j * k + f]!
      if (i !== j) lower[i * k + j] = sum / lower[j * k + j]!
      else if (sum > 0) lower[i * k + i] = Math.sqrt(sum)
      else throw new RangeError(`the matrix is not positive definite (pivot ${i} is ${sum})`)
    }
  }
  const inverse = new Float64Array(k * k)
  const column = new Float64Array(k)
  for (let c = 0; c < k; c++) {
    for (let i = 0; i < k; i++) {
      let sum = i === c ? 1 : 0
      for (let f = 0; f < i; f++) sum -= lower[i * k + f]! * column[f]!
      column[i] = sum / lower[i * k + i]!
    }
    for (let i = k - 1; i >= 0; i--) {
      let sum = column[i]!
      for (let f = i + 1; f < k; f++) sum -= lower[f * k + i]! * column[f]!
      column[i] = sum / lower[i * k + i]!
    }
    for (let i = 0; i < k; i++) inverse[i * k + c] = column[i]!
  }
  return inverse
}

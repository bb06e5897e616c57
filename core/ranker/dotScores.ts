/**
 * out[p] = left · vectors[pool[p]] for the places from … to − 1. Four candidates are summed side by
 * side, since one sum would wait for each of its additions; each keeps the order of its own terms.
 * @param left [rank]
 * @param vectors [items × rank]
 */
export function dotScores(
  left: Float64Array,
  vectors: Float32Array | Float64Array,
  pool: Int32Array,
  from: number,
  to: number,
  out: Float32Array,
): void {
  const rank = left.length
  let p = from
  for (; p + 4 <= to; p += 4) {
    const a = pool[p]! * rank
    const b = pool[p + 1]! * rank
    const c = pool[p + 2]! * rank
    const d = pool[p + 3]! * rank
    let [sumA, sumB, sumC, sumD] = [0, 0, 0, 0]
    for (let f = 0; f < rank; f++) {
      const l = left[f]!
      sumA += l * vectors[a + f]!
      sumB += l * vectors[b + f]!
      sumC += l * vectors[c + f]!
      sumD += l * vectors[d + f]!
    }
    out[p] = sumA
    out[p + 1] = sumB
    out[p + 2] = sumC
    out[p + 3] = sumD
  }
  for (; p < to; p++) {
    const at = pool[p]! * rank
    let sum = 0
    for (let f = 0; f < rank; f++) sum += left[f]! * vectors[at + f]!
    out[p] = sum
  }
}

/**
 * Expected value of the best of k neighbours (chapter eq. 7-6 as corrected, errata B4 to B6): each is bad
 * with probability p and then worth exactly Q − c, else uniform on [Q − b, Q + b]:
 * E = Q + b − [pᵏ(c − b) + 2b/(k + 1) · (1 − pᵏ⁺¹)/(1 − p)].
 *
 * @throws RangeError unless 0 ≤ p < 1, 0 ≤ b ≤ c and k ≥ 1
 */
export function expectedMaximum(
  {
    q,
    p,
    b,
    c,
  }: { readonly q: number; readonly p: number; readonly b: number; readonly c: number },
  k: number,
): number {
  if (!(p >= 0 && p < 1)) throw new RangeError(`p ${p} is not in [0, 1)`)
  if (!(b >= 0 && b <= c)) throw new RangeError(`b ${b} is not in [0, c] with c ${c}`)
  if (!(Number.isInteger(k) && k >= 1)) throw new RangeError(`k ${k} is not an integer ≥ 1`)
  return q + b - (p ** k * (c - b) + ((2 * b) / (k + 1)) * ((1 - p ** (k + 1)) / (1 - p)))
}

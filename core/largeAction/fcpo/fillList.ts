import type { ItemVectors } from '#core/itemSpace/itemVectors'

/**
 * The list of a matrix W [K × d]: row k takes the item with the largest W_k·v that neither an earlier row
 * nor `taken` has, ties by id (7-11 as corrected, erratum B17). Softmax is monotone and left out.
 * @param taken 1 where an item may not be chosen, [items]; the chosen ones are marked too
 * @param out [K]
 * @throws RangeError if fewer items are free than rows ask for
 */
export function fillList(
  w: Float64Array,
  { items, width, values }: ItemVectors,
  taken: Uint8Array,
  out: Int32Array,
): void {
  for (let k = 0; k < out.length; k++) {
    let best = -1
    let most = -Infinity
    for (let j = 0; j < items; j++) {
      if (taken[j]) continue
      let score = 0
      for (let f = 0; f < width; f++) score += w[k * width + f]! * values[j * width + f]!
      if (score > most) {
        most = score
        best = j
      }
    }
    if (best < 0) throw new RangeError(`row ${k} of the list finds no free item`)
    taken[best] = 1
    out[k] = best
  }
}

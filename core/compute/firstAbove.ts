/** The first index of a rising array whose value exceeds x, by halving; the last one where none does. */
export function firstAbove(rising: Float64Array, x: number): number {
  let [low, high] = [0, rising.length - 1]
  while (low < high) {
    const middle = (low + high) >> 1
    if (rising[middle]! > x) high = middle
    else low = middle + 1
  }
  return low
}

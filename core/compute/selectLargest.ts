/** Most scores of a call: a position must fit beside a score's 32 bits in the 53 of a double. */
export const mostSelectable = 2 ** 21

/**
 * Positions of the k largest scores, largest first, ties by position: what the kernel's `topK` gives, whose
 * sorted list costs n·k at worst. Here scores are counted by their leading bits, and only what may belong to
 * the k largest is sorted: O(n + k log k) unless very many are alike.
 *
 * @param scores at most `mostSelectable`, without NaN
 * @param k at most their number
 * @param out positions from `to` on
 */
export function selectLargest(scores: Float32Array, k: number, out: Int32Array, to: number): void {
  const n = scores.length
  const bits = new Uint32Array(scores.buffer, scores.byteOffset, n)
  const counts = new Int32Array(buckets)
  for (let i = 0; i < n; i++) counts[rank(bits[i]!) >>> shift]!++
  let least = buckets - 1
  for (let above = counts[least]!; above < k; above += counts[least]!) least--

  let size = 0
  for (let bucket = least; bucket < buckets; bucket++) size += counts[bucket]!
  // the score's rank before the position, so that plain numbers sort as both do
  const keys = new Float64Array(size)
  let found = 0
  for (let i = 0; i < n; i++) {
    const of = rank(bits[i]!)
    if (of >>> shift >= least) keys[found++] = of * mostSelectable + (mostSelectable - 1 - i)
  }
  keys.sort()
  for (let i = 0; i < k; i++) {
    out[to + i] = mostSelectable - 1 - (keys[size - 1 - i]! % mostSelectable)
  }
}

const buckets = 2 ** 11
const shift = 32 - 11
const sign = 0x80000000

/** Bits of a float as a number that orders as floats do; −0 is 0. */
function rank(bits: number): number {
  if (bits === sign) return sign
  return bits >= sign ? ~bits >>> 0 : bits + sign
}

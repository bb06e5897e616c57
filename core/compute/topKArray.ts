/** Longer lists are sorted: inserting costs k per number that gets in. */
export const LONGEST_LIST = 128

/**
 * Positions of the k largest numbers of each row, best first, ties by position; NaN counts as −∞.
 * @param out receives [rows · k] positions
 */
export function topKArray(
  scores: Float32Array,
  rows: number,
  width: number,
  k: number,
  out: Int32Array,
): void {
  const best = new Float32Array(k)
  for (let row = 0; row < rows; row++) {
    const scoresOfRow = scores.subarray(row * width, (row + 1) * width)
    const positions = out.subarray(row * k, (row + 1) * k)
    if (k > LONGEST_LIST) sortRow(scoresOfRow, positions)
    else insertRow(scoresOfRow, best, positions)
  }
}

/** Insertion into a sorted list behind a threshold: nearly every number costs one comparison. */
function insertRow(scores: Float32Array, best: Float32Array, positions: Int32Array): void {
  const k = best.length
  let held = 0
  for (let i = 0; i < scores.length; i++) {
    const score = rankable(scores[i]!)
    if (held === k && score <= best[k - 1]!) continue
    let at = held < k ? held++ : k - 1
    for (; at > 0 && best[at - 1]! < score; at--) {
      best[at] = best[at - 1]!
      positions[at] = positions[at - 1]!
    }
    best[at] = score
    positions[at] = i
  }
}

function sortRow(scores: Float32Array, positions: Int32Array): void {
  const order = Int32Array.from(scores, (_score, i) => i)
  order.sort((a, b) => {
    const [left, right] = [rankable(scores[a]!), rankable(scores[b]!)]
    return left === right ? a - b : left > right ? -1 : 1
  })
  positions.set(order.subarray(0, positions.length))
}

function rankable(score: number): number {
  return Number.isNaN(score) ? -Infinity : score
}

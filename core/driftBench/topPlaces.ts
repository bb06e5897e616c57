/**
 * Places of the largest scores, best first, ties by place; in float64, since weights of the rule
 * `printed` overflow float32. NaN counts as −∞.
 * @param out receives as many places as it is long
 */
export function topPlaces(scores: Float64Array, out: Int32Array): void {
  let held = 0
  for (let i = 0; i < scores.length; i++) {
    const score = rankable(scores[i]!)
    let at = held
    while (at > 0 && rankable(scores[out[at - 1]!]!) < score) at--
    if (at === out.length) continue
    if (held < out.length) held++
    for (let slot = held - 1; slot > at; slot--) out[slot] = out[slot - 1]!
    out[at] = i
  }
}

const rankable = (score: number): number => (Number.isNaN(score) ? -Infinity : score)

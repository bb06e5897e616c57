import type { Rng } from '#core/random/rng'

/**
 * Samples the first k places of a ranking: each place falls to one of the remaining items with
 * probability ∝ e^score. One uniform per place, also for the last item.
 *
 * Plackett, Appl. Statist. 24(2), 1975; Luce, Individual Choice Behavior, 1959.
 * @param scores finite, one per item
 * @param k places; at most the number of items
 * @returns item indices, best first
 */
export function samplePlackettLuce(scores: ArrayLike<number>, k: number, rng: Rng): number[] {
  const remaining = Array.from(scores, (_, item) => item)
  const ranking: number[] = []
  while (ranking.length < k && remaining.length > 0) {
    // the largest of those left, so that far scores do not underflow all at once
    const top = largest(scores, remaining)
    const weights = remaining.map((item) => Math.exp(scores[item]! - top))
    const x = rng.u() * weights.reduce((sum, weight) => sum + weight, 0)
    let cumulated = 0
    let place = weights.findIndex((weight) => (cumulated += weight) > x)
    if (place < 0) place = weights.length - 1 // u·Σw rounded up to Σw
    ranking.push(...remaining.splice(place, 1))
  }
  return ranking
}

/** Probability that the first places are `ranking`, in that order. */
export function plackettLuceProbability(
  scores: ArrayLike<number>,
  ranking: readonly number[],
): number {
  const shown = new Set(ranking)
  const remaining = Array.from(scores, (_, item) => item).filter((item) => !shown.has(item))
  let log = 0
  for (const item of ranking.toReversed()) {
    remaining.push(item)
    log += scores[item]! - logSumExp(scores, remaining)
  }
  return Math.exp(log)
}

/** log Σ e^score over some items, without overflow. */
export function logSumExp(scores: ArrayLike<number>, items: readonly number[]): number {
  const top = largest(scores, items)
  let sum = 0
  for (const item of items) sum += Math.exp(scores[item]! - top)
  return top + Math.log(sum)
}

function largest(scores: ArrayLike<number>, items: readonly number[]): number {
  let top = -Infinity
  for (const item of items) if (scores[item]! > top) top = scores[item]!
  return top
}

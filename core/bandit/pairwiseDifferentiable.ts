import { logSumExp } from './plackettLuce.ts'

/** A clicked item is preferred to an unclicked one that the user has seen. */
export interface ClickPair {
  readonly preferred: number
  readonly other: number
  /** P(R*) / (P(R) + P(R*)), R* being the shown list with the two swapped. */
  readonly rho: number
  /** ρ · e^{s_i} e^{s_j} / (e^{s_i} + e^{s_j})², the weight of the pair in the gradient. */
  readonly weight: number
}

/**
 * The weighted pairs of pairwise differentiable gradient descent: every clicked item with every
 * unclicked one at a position up to one below the last click. ρ removes the bias of positions.
 *
 * Oosterhuis & de Rijke, "Differentiable unbiased online learning to rank", CIKM 2018, eqs. 5–8.
 * @param scores of all candidates
 * @param ranking the shown list, indices into `scores`, sampled by Plackett–Luce
 * @param clicks clicked positions, 0-based
 */
export function clickPairs(
  scores: ArrayLike<number>,
  ranking: readonly number[],
  clicks: readonly number[],
): ClickPair[] {
  const clicked = new Set(clicks)
  if (clicked.size === 0) return []
  const seen = ranking.slice(0, Math.max(...clicked) + 2).keys()
  const unclicked = [...seen].filter((position) => !clicked.has(position))
  return [...clicked]
    .sort((a, b) => a - b)
    .flatMap((i) =>
      unclicked.map((j) => {
        const rho = swapShare(scores, ranking, i, j)
        const [preferred, other] = [ranking[i]!, ranking[j]!]
        const win = sigmoid(scores[preferred]! - scores[other]!)
        return { preferred, other, rho, weight: rho * win * (1 - win) }
      }),
    )
}

/** The gradient by the scores: +weight for the preferred item, -weight for the other, per pair. */
export function scoreGradient(pairs: readonly ClickPair[], items: number): Float64Array {
  const gradient = new Float64Array(items)
  for (const { preferred, other, weight } of pairs) {
    gradient[preferred]! += weight
    gradient[other]! -= weight
  }
  return gradient
}

/**
 * P(R*) / (P(R) + P(R*)). The two lists have the same numerators, and the denominators agree
 * outside of the positions between the two: only those are compared.
 */
function swapShare(
  scores: ArrayLike<number>,
  ranking: readonly number[],
  i: number,
  j: number,
): number {
  const [upper, lower] = i < j ? [i, j] : [j, i]
  const above = new Set(ranking.slice(0, upper + 1))
  const left = Array.from(scores, (_, item) => item).filter((item) => !above.has(item))
  let logRatio = 0 // log P(R*) - log P(R)
  for (let position = upper + 1; position <= lower; position++) {
    const swapped = left.map((item) => (item === ranking[lower] ? ranking[upper]! : item))
    logRatio += logSumExp(scores, left) - logSumExp(scores, swapped)
    left.splice(left.indexOf(ranking[position]!), 1)
  }
  return sigmoid(logRatio)
}

function sigmoid(x: number): number {
  return x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x))
}

import { addListGradient } from '#core/bandit/listPolicy'
import { clickPairs } from '#core/bandit/pairwiseDifferentiable'
import type { LinearRuleMaker, ObservedList } from '../linearRule.ts'
import type { PdgdParams } from '../params.ts'

/**
 * Pairwise differentiable gradient descent: the agent's lists are drawn by Plackett–Luce, and what was
 * clicked is preferred to what was seen and left. In an interleaved list the probabilities of ρ are
 * those of the agent's own draw, as if it had drawn the list alone.
 */
export const pdgdRule: LinearRuleMaker<PdgdParams> = ({ learningRate }, features) => {
  const weights = new Float64Array(features.width)
  const { rowWidth } = features
  const scoresOf = ({ rows, candidates }: ObservedList) =>
    Float64Array.from({ length: candidates }, (_, place) =>
      features.dot(weights, rows, place * rowWidth),
    )
  return {
    weights,
    movable: true,
    needsPool: true,
    samples: true,
    // scores are log-odds, so that Plackett–Luce prefers what is clicked more often
    fit(rows, at, y) {
      const p = 1 / (1 + Math.exp(-features.dot(weights, rows, at)))
      features.addTo(weights, rows, at, 0.05 * (y - p))
      return (y - p) ** 2
    },
    learn(list) {
      const { rows, shown, clicked } = list
      const scores = scoresOf(list)
      const clicks = [...clicked.keys()].filter((slot) => clicked[slot] === 1)
      const pairs = clickPairs(scores, Array.from(shown), clicks)
      let loss = 0
      for (const { preferred, other, weight } of pairs) {
        features.addTo(weights, rows, preferred * rowWidth, learningRate * weight)
        features.addTo(weights, rows, other * rowWidth, -learningRate * weight)
        loss += Math.log1p(Math.exp(scores[other]! - scores[preferred]!)) / pairs.length
      }
      return loss
    },
    entropy(list) {
      const scores = scoresOf(list)
      const { entropy } = addListGradient(scores, list.shown, 0, 0, new Float64Array(scores.length))
      return entropy / list.shown.length
    },
    state: () => null,
    restore: () => undefined,
  }
}

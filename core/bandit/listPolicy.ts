/**
 * A list drawn without replacement from the softmax of scores (Plackett–Luce), as policy-gradient
 * learners see it.
 */
export interface ListDraw {
  readonly logProbability: number
  readonly entropy: number // Σ over slots of the entropy of each choice
}

/**
 * ln π(list) and its gradient by the scores: per slot 1 for the chosen item less the softmax over
 * what was left; and, added with weight `bonus`, the gradient of the entropy of each choice.
 *
 * @param scores of the candidates; −∞ takes one out
 * @param list places among the candidates, best first
 * @param factor by which ∂ ln π is added to `gradient`
 * @param gradient receives the sum, one entry per candidate
 */
export function addListGradient(
  scores: ArrayLike<number>,
  list: ArrayLike<number>,
  factor: number,
  bonus: number,
  gradient: Float64Array,
): ListDraw {
  const n = scores.length
  const left = new Uint8Array(n).fill(1)
  const p = new Float64Array(n)
  let logProbability = 0
  let entropy = 0
  for (let slot = 0; slot < list.length; slot++) {
    let top = -Infinity
    for (let i = 0; i < n; i++) if (left[i] === 1 && scores[i]! > top) top = scores[i]!
    let total = 0
    for (let i = 0; i < n; i++) {
      p[i] = left[i] === 1 ? Math.exp(scores[i]! - top) : 0
      total += p[i]!
    }
    let slotEntropy = 0
    for (let i = 0; i < n; i++) {
      p[i]! /= total
      if (p[i]! > 0) slotEntropy -= p[i]! * Math.log(p[i]!)
    }
    const chosen = list[slot]!
    for (let i = 0; i < n; i++) {
      if (p[i] === 0) continue
      // ∂H/∂s_i = −p_i (ln p_i + H)
      gradient[i]! -= factor * p[i]! + bonus * p[i]! * (Math.log(p[i]!) + slotEntropy)
    }
    gradient[chosen]! += factor
    logProbability += Math.log(Math.max(p[chosen]!, Number.MIN_VALUE))
    entropy += slotEntropy
    left[chosen] = 0
  }
  return { logProbability, entropy }
}

/**
 * The factor of ∂ ln π in the clipped objective min(ρA, clip(ρ, 1 − c, 1 + c)·A), ρ = π/π_old: ρA, or
 * 0 where the clip holds. At ρ = 1 it is A, the plain policy gradient.
 *
 * Schulman et al., "Proximal policy optimization algorithms", 2017, eq. 7.
 */
export function clippedFactor(ratio: number, advantage: number, clip: number): number {
  const held = advantage >= 0 ? ratio > 1 + clip : ratio < 1 - clip
  return held ? 0 : ratio * advantage
}

/**
 * Generalised advantage estimates of one trajectory, Σ (γλ)^l δ_{t+l}, δ = r + γV(s′) − V(s).
 *
 * Schulman et al., "High-dimensional continuous control using generalized advantage estimation", 2016.
 * @param values V of each state and, at the end, of the state after the last one: 0 where it ended
 */
export function advantages(
  rewards: readonly number[],
  values: readonly number[],
  gamma: number,
  lambda: number,
): number[] {
  const result = Array<number>(rewards.length).fill(0)
  let next = 0
  for (let t = rewards.length - 1; t >= 0; t--) {
    next = rewards[t]! + gamma * values[t + 1]! - values[t]! + gamma * lambda * next
    result[t] = next
  }
  return result
}

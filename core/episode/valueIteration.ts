import { endings, type ItemToItemHidden } from './itemToItem.ts'

/**
 * The exact optimum of world B: Q_ij = W_ij(1 + 0.9γV_j) + (1 − W_ij)·0.8γ·mean(V), V_i = max_j Q_ij
 * (simulators.md B); j = i is no choice.
 * @param sweeps 300 leave an error far below 10⁻⁹ at γ 0.9
 * @returns the best item of each state, [items], and its value
 */
export function valueIteration(
  { accept }: ItemToItemHidden,
  items: number,
  gamma: number,
  sweeps = 300,
): { readonly policy: Int32Array; readonly value: Float64Array } {
  const value = new Float64Array(items)
  const policy = new Int32Array(items)
  const next = new Float64Array(items)
  for (let sweep = 0; sweep < sweeps; sweep++) {
    const onReject = (1 - endings.rejected) * gamma * mean(value)
    let change = 0
    for (let i = 0; i < items; i++) {
      let best = -Infinity
      for (let j = 0; j < items; j++) {
        if (j === i) continue
        const w = accept[i * items + j]!
        const q = w * (1 + (1 - endings.accepted) * gamma * value[j]!) + (1 - w) * onReject
        if (q > best) {
          best = q
          policy[i] = j
        }
      }
      next[i] = best
      change = Math.max(change, Math.abs(best - value[i]!))
    }
    value.set(next)
    if (change < 1e-10) break
  }
  return { policy, value }
}

/** What a policy that maps each item to one item earns in world B. */
export interface ExactValue {
  /** Accepted items per step, and per episode. */
  readonly acceptRate: number
  readonly perEpisode: number
}

/**
 * Expected figures of a deterministic policy from a uniform start, without any sampling: the
 * distribution over states is pushed forward until nothing of it is left.
 * @param policy the item shown in each state, [items]
 */
export function exactValue(
  { accept }: ItemToItemHidden,
  items: number,
  horizon: number,
  policy: Int32Array,
): ExactValue {
  let mass = new Float64Array(items).fill(1 / items)
  let steps = 0
  let accepted = 0
  for (let t = 0; t < horizon; t++) {
    const next = new Float64Array(items)
    let rejected = 0
    for (let i = 0; i < items; i++) {
      const m = mass[i]!
      if (m === 0) continue
      const w = accept[i * items + policy[i]!]!
      steps += m
      accepted += m * w
      next[policy[i]!]! += m * w * (1 - endings.accepted)
      rejected += m * (1 - w) * (1 - endings.rejected)
    }
    for (let i = 0; i < items; i++) next[i]! += rejected / items
    mass = next
  }
  return { acceptRate: accepted / steps, perEpisode: accepted }
}

/** The most probable item of each state, and the item that is most acceptable overall. */
export function greedyAcceptance({ accept }: ItemToItemHidden, items: number) {
  const columns = new Float64Array(items)
  const greedy = new Int32Array(items)
  for (let i = 0; i < items; i++) {
    for (let j = 0; j < items; j++) {
      const w = accept[i * items + j]!
      columns[j]! += w
      if (w > accept[i * items + greedy[i]!]!) greedy[i] = j
    }
  }
  const order = Array.from(columns, (_, j) => j).sort((a, b) => columns[b]! - columns[a]! || a - b)
  // nobody can be shown the item that he has just accepted
  const popular = Int32Array.from({ length: items }, (_, i) =>
    i === order[0] ? order[1]! : order[0]!,
  )
  return { greedy, popular }
}

function mean(values: Float64Array): number {
  let sum = 0
  for (const value of values) sum += value
  return sum / values.length
}

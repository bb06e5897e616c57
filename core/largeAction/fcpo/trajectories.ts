import type { ItemVectors } from '#core/itemSpace/itemVectors'
import { normal } from '#core/random/distributions'
import type { Rng } from '#core/random/rng'
import { fillList } from './fillList.ts'
import type { GaussianActor } from './gaussianActor.ts'
import { ListState, type ListUser } from './listWorld.ts'
import type { FcpoParams } from './params.ts'

/** T lists of K for each of some users; decision t of user n has number n·T + t. */
export interface Trajectories {
  readonly states: readonly Float64Array[]
  readonly w: readonly Float64Array[] // what was drawn, or the mean, [K·d]
  /** Discounted hits of a list, later places less. */
  readonly rewards: Float64Array
  /** Popular items of a list. */
  readonly costs: Float64Array
}

/**
 * Shows lists to users; what they like of one is known to the next.
 * @param popular 1 for a member of the popular group, [items]
 * @param rng draws W; null shows the lists of the mean, as a saved model does
 * @param shown receives each item that a list holds
 */
export function trajectories(
  actor: GaussianActor,
  vectors: ItemVectors,
  users: readonly ListUser[],
  popular: Uint8Array,
  { steps, listLength, history }: FcpoParams,
  rng: Rng | null,
  shown?: (item: number) => void,
): Trajectories {
  const states: Float64Array[] = []
  const drawn: Float64Array[] = []
  const rewards = new Float64Array(users.length * steps)
  const costs = new Float64Array(users.length * steps)
  const list = new Int32Array(listLength)
  users.forEach((user, n) => {
    const state = new ListState(user, vectors, history)
    const taken = new Uint8Array(vectors.items)
    for (const item of user.given) taken[item] = 1
    for (let t = 0; t < steps; t++) {
      const seen = state.read()
      const w = new Float64Array(actor.outputs)
      actor.mean(seen, w)
      if (rng) for (let f = 0; f < w.length; f++) w[f]! += Math.exp(actor.logStd(f)) * normal(rng)
      fillList(w, vectors, taken, list)
      list.forEach((item, k) => {
        shown?.(item)
        costs[n * steps + t]! += popular[item]!
        if (!user.heldOut.has(item)) return
        rewards[n * steps + t]! += 0.95 ** k
        state.liked.push(item)
      })
      states.push(seen)
      drawn.push(w)
    }
  })
  return { states, w: drawn, rewards, costs }
}

/** A mean over users, and its standard error. */
export interface CostFigures {
  readonly mean: number
  readonly se: number
}

/** Mean cost of a trajectory with its standard error, in popular items as `costSum` counts them. */
export function trajectoryCost(
  costs: Float64Array,
  { steps, gamma, costSum }: FcpoParams,
): CostFigures {
  const n = costs.length / steps
  const each = new Float64Array(n)
  const discount = costSum === 'plain' ? 1 : gamma
  costs.forEach((cost, i) => (each[Math.floor(i / steps)]! += cost * discount ** (i % steps)))
  const mean = each.reduce((sum, cost) => sum + cost, 0) / n
  const squares = each.reduce((sum, cost) => sum + (cost - mean) ** 2, 0)
  return { mean, se: n > 1 ? Math.sqrt(squares / (n - 1) / n) : 0 }
}

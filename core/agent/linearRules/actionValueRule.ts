import type { LinearRule, LinearRuleMaker, ObservedList } from '../linearRule.ts'
import type { QLearningParams } from '../params.ts'

/**
 * Q-learning or SARSA on the shown items. A list waits until its user asks again: the target is then
 * r + γ · max over the next candidates (Q-learning) or the mean over the next list (SARSA, whose
 * action is the list); a user who leaves has no future.
 */
export const actionValueRule: LinearRuleMaker<QLearningParams> = (params, features): LinearRule => {
  const weights = new Float64Array(features.width)
  const { rowWidth } = features
  const waiting = new Map<number, Waiting>()
  const value = (rows: Float64Array, place: number) => features.dot(weights, rows, place * rowWidth)
  const future = ({ rows, candidates, shown }: ObservedList): number => {
    if (params.target === 'sarsa') {
      let sum = 0
      for (const place of shown) sum += value(rows, place)
      return shown.length > 0 ? sum / shown.length : 0
    }
    let best = candidates > 0 ? -Infinity : 0
    for (let place = 0; place < candidates; place++) best = Math.max(best, value(rows, place))
    return best
  }
  const close = ({ rows, clicked }: Waiting, next: number): number => {
    let loss = 0
    for (let slot = 0; slot < clicked.length; slot++) {
      const error = clicked[slot]! + params.gamma * next - value(rows, slot)
      features.addTo(weights, rows, slot * rowWidth, (params.alpha * error) / clicked.length)
      loss += (error * error) / clicked.length
    }
    return loss
  }
  return {
    weights,
    movable: true,
    needsPool: true,
    samples: false,
    fit(rows, at, y) {
      const error = y - features.dot(weights, rows, at)
      features.addTo(weights, rows, at, params.pretrainRate * error)
      return error * error
    },
    learn(list) {
      const open = waiting.get(list.user)
      const loss = open ? close(open, params.gamma > 0 ? future(list) : 0) : 0
      const own: Waiting = {
        rows: new Float64Array(list.shown.length * rowWidth),
        clicked: list.clicked.slice(),
      }
      list.shown.forEach((place, slot) =>
        own.rows.set(list.rows.subarray(place * rowWidth, (place + 1) * rowWidth), slot * rowWidth),
      )
      waiting.delete(list.user)
      if (!list.last) {
        waiting.set(list.user, own)
        return loss
      }
      return loss + close(own, 0)
    },
    state: () => [...waiting],
    restore(state) {
      waiting.clear()
      for (const [user, open] of state as [number, Waiting][]) waiting.set(user, open)
    },
  }
}

/** A list whose user has not asked again. */
interface Waiting {
  readonly rows: Float64Array // of the shown items, [k × rowWidth]
  readonly clicked: Uint8Array
}

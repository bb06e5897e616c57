import { LinUcb, type LinUcbState } from '#core/bandit/linUcb'
import type { LinearRuleMaker } from '../linearRule.ts'
import type { LinUcbParams } from '../params.ts'

/** LinUCB on the shown items' clicks; what it shows itself has the bonus of what is not known well. */
export const linUcbRule: LinearRuleMaker<LinUcbParams> = (params, features) => {
  const bandit = new LinUcb(features.width, params)
  const weights = new Float64Array(features.width)
  const refresh = () => weights.set(bandit.theta)
  return {
    weights,
    movable: false,
    needsPool: false,
    samples: false,
    bonus: (rows, at) => params.bonus * bandit.width(rows, at),
    fit(rows, at, y) {
      const error = features.dot(weights, rows, at) - y
      bandit.observe(rows.subarray(at, at + features.rowWidth), [0], [y])
      return error * error
    },
    begin: refresh,
    learn({ rows, shown, clicked }) {
      let loss = 0
      shown.forEach((place, slot) => {
        const error = features.dot(weights, rows, place * features.rowWidth) - clicked[slot]!
        loss += (error * error) / shown.length
      })
      bandit.observe(rows, shown, clicked)
      refresh()
      return loss
    },
    state: () => bandit.state(),
    restore(state) {
      bandit.restore(state as LinUcbState)
      refresh()
    },
  }
}

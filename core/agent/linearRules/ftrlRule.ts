import { Ftrl, type FtrlState } from '#core/bandit/ftrl'
import type { LinearRuleMaker } from '../linearRule.ts'
import type { FtrlParams } from '../params.ts'

/** FTRL-proximal logistic regression on the click of every shown item. */
export const ftrlRule: LinearRuleMaker<FtrlParams> = (params, features) => {
  const model = new Ftrl(features.width, params)
  const row = new Float64Array(features.width)
  const learn = (rows: Float64Array, at: number, y: number): number => {
    row.fill(0)
    features.addTo(row, rows, at, 1)
    return model.learn(row, y)
  }
  return {
    weights: model.weights,
    movable: false,
    needsPool: false,
    samples: false,
    fit: learn,
    learn({ rows, shown, clicked }) {
      let loss = 0
      shown.forEach((place, slot) => {
        loss += learn(rows, place * features.rowWidth, clicked[slot]!) / shown.length
      })
      return loss
    },
    state: () => model.state(),
    restore: (state) => model.restore(state as FtrlState),
  }
}

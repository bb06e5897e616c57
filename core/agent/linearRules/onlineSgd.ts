import type { LinearRuleMaker } from '../linearRule.ts'
import type { LinearParams } from '../params.ts'

/**
 * Stochastic gradient descent on the squared error of every shown item's click; at learning rate 0
 * only an explorer moves the weights, which is linear DBGD.
 */
export const onlineSgd: LinearRuleMaker<LinearParams> = ({ learningRate }, features) => {
  const weights = new Float64Array(features.width)
  const step = (rows: Float64Array, at: number, y: number, rate: number): number => {
    const error = features.dot(weights, rows, at) - y
    features.addTo(weights, rows, at, -rate * error)
    return error * error
  }
  return {
    weights,
    movable: true,
    needsPool: false,
    samples: false,
    fit: (rows, at, y) => step(rows, at, y, pretrainRate),
    learn({ rows, shown, clicked }) {
      let loss = 0
      shown.forEach((place, slot) => {
        loss += step(rows, place * features.rowWidth, clicked[slot]!, learningRate) / shown.length
      })
      return loss
    },
    state: () => null,
    restore: () => undefined,
  }
}

/** Before the run labels are probabilities and any number of them may be drawn. */
const pretrainRate = 0.005

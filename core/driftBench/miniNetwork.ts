import type { WeightArrays } from '#core/explorer/arraySpace'
import { normal } from '#core/random/distributions'
import type { Rng } from '#core/random/rng'
import { dimension } from './driftWorld.ts'

const hidden = 16

/** Tensors of the network: hidden weight [16 × 20] by unit, hidden bias [16], out weight [16]. */
export const miniNames = ['hidden weight', 'hidden bias', 'out weight'] as const

/** The MLP 20-16-1 of the bench, w·relu(Wx + b), in arrays: fast enough for millions of scores. */
export function miniNetwork(rng: Rng): Float64Array[] {
  const draw = (length: number, sd: number) => Float64Array.from({ length }, () => sd * normal(rng))
  return [
    draw(hidden * dimension, 1 / Math.sqrt(dimension)),
    new Float64Array(hidden),
    draw(hidden, 1 / Math.sqrt(hidden)),
  ]
}

/** @param x items, [rows × 20] @param out receives the scores, [rows] */
export function miniScores(w: WeightArrays, x: Float64Array, out: Float64Array): void {
  const [weight, bias, head] = [w[0]!, w[1]!, w[2]!]
  for (let row = 0; row < out.length; row++) {
    let score = 0
    for (let h = 0; h < hidden; h++) {
      let z = bias[h]!
      for (let f = 0; f < dimension; f++) z += weight[h * dimension + f]! * x[row * dimension + f]!
      if (z > 0) score += head[h]! * z
    }
    out[row] = score
  }
}

/**
 * One gradient step on half the mean squared error of some rows of `x`.
 * @param rows of `x`, one per label
 */
export function miniStep(
  w: WeightArrays,
  x: Float64Array,
  rows: ArrayLike<number>,
  y: ArrayLike<number>,
  learningRate: number,
): void {
  const [weight, bias, head] = [w[0]!, w[1]!, w[2]!]
  const n = rows.length
  const gradient = [weight, bias, head].map(({ length }) => new Float64Array(length))
  const [ofWeight, ofBias, ofHead] = [gradient[0]!, gradient[1]!, gradient[2]!]
  const active = new Float64Array(hidden)
  for (let i = 0; i < n; i++) {
    const at = rows[i]! * dimension
    let predicted = 0
    for (let h = 0; h < hidden; h++) {
      let z = bias[h]!
      for (let f = 0; f < dimension; f++) z += weight[h * dimension + f]! * x[at + f]!
      active[h] = Math.max(0, z)
      predicted += head[h]! * active[h]!
    }
    const error = (predicted - y[i]!) / n
    for (let h = 0; h < hidden; h++) {
      if (active[h] === 0) continue
      ofHead[h]! += error * active[h]!
      const back = error * head[h]!
      ofBias[h]! += back
      for (let f = 0; f < dimension; f++) ofWeight[h * dimension + f]! += back * x[at + f]!
    }
  }
  w.forEach((values, t) => {
    for (let i = 0; i < values.length; i++) values[i]! -= learningRate * gradient[t]![i]!
  })
}

import { normal, permutation } from '#core/random/distributions'
import type { FactorisedParams } from './params.ts'
import type { Represent } from './representation.ts'

const heldOutShare = 0.1

/**
 * Probabilistic matrix factorisation with an item bias, r ≈ bⱼ + p·q, by stochastic gradient descent;
 * the vectors of the pass with the least held-out error are kept.
 *
 * Source: Salakhutdinov & Mnih, "Probabilistic matrix factorization", NIPS 2007.
 */
export const factorised: Represent<FactorisedParams> = function* (params, { rewards, stream }) {
  const { width, learningRate, l2 } = params
  const { rows, columns, start, column, value } = rewards
  const rng = stream('factorised', 0)
  const draw = (n: number) => Float32Array.from({ length: n * width }, () => 0.1 * normal(rng))
  const users = draw(rows)
  const items = draw(columns)
  const bias = new Float32Array(columns)
  const owner = new Int32Array(value.length)
  for (let u = 0; u < rows; u++) owner.fill(u, start[u], start[u + 1])
  const heldOut = Uint8Array.from(value, () => (rng.u() < heldOutShare ? 1 : 0))
  const error = (entry: number): number => {
    const u = owner[entry]! * width
    const j = column[entry]! * width
    let predicted = bias[column[entry]!]!
    for (let f = 0; f < width; f++) predicted += users[u + f]! * items[j + f]!
    return value[entry]! - predicted
  }
  let best = Infinity
  let bestEpoch = 0
  let kept = items.slice()
  for (let epoch = 1; epoch <= params.epochs && epoch - bestEpoch <= params.patience; epoch++) {
    for (const entry of permutation(stream('factorised pass', epoch), value.length)) {
      if (heldOut[entry]) continue
      const gap = error(entry)
      const u = owner[entry]! * width
      const item = column[entry]!
      bias[item]! += learningRate * (gap - l2 * bias[item]!)
      for (let f = 0; f < width; f++) {
        const p = users[u + f]!
        const q = items[item * width + f]!
        users[u + f] = p + learningRate * (gap * q - l2 * p)
        items[item * width + f] = q + learningRate * (gap * p - l2 * q)
      }
    }
    let squares = 0
    for (let entry = 0; entry < value.length; entry++) {
      if (heldOut[entry]) squares += error(entry) ** 2
    }
    if (squares < best) {
      best = squares
      bestEpoch = epoch
      kept = items.slice()
    }
    yield epoch / params.epochs
  }
  return { items: columns, width, values: kept }
}

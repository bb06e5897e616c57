import { Arena } from '#core/compute/arena'
import { ArenaNetwork, networkWork } from '#core/compute/arenaNetwork'
import { normal, permutation } from '#core/random/distributions'
import type { VaeParams } from './params.ts'
import type { Represent } from './representation.ts'

/** Users beyond these are left out of an item's column (authors' code). */
const mostUsers = 30_000

/**
 * Variational autoencoder over the items' columns of training rewards; an item's vector is the mean of
 * its latent distribution. Loss per item: squared error of the column plus klWeight · users times the
 * divergence from N(0, I), so that the weight means the same for any number of users.
 *
 * Source: Kingma & Welling, "Auto-encoding variational Bayes", ICLR 2014; |U| → 128 → 8 as Chen et al.
 */
export const variational: Represent<VaeParams> = function* (params, { rewards, stream }) {
  const users = Math.min(rewards.rows, mostUsers)
  const items = rewards.columns
  const { width, hidden, batch, learningRate } = params
  const encoderSizes = [users, hidden, 2 * width]
  const decoderSizes = [width, hidden, users]
  const work = networkWork(encoderSizes, batch, true) + networkWork(decoderSizes, batch, true)
  const arena = new Arena(work + batch * (users + width) + 2 * users * hidden)
  const encoder = new ArenaNetwork(arena, encoderSizes, batch, { output: 'linear', trains: true })
  const decoder = new ArenaNetwork(arena, decoderSizes, batch, { output: 'linear', trains: true })
  encoder.initialise(stream('encoder', 0))
  decoder.initialise(stream('decoder', 0))
  const input = arena.block(batch * users)
  const latent = arena.block(batch * width)
  const columns = transposed(rewards, users)
  const load = (order: Int32Array) => {
    input.values.fill(0)
    order.forEach((item, i) => {
      for (let e = columns.start[item]!; e < columns.start[item + 1]!; e++) {
        input.values[i * users + columns.user[e]!] = columns.value[e]!
      }
    })
  }
  const noise = new Float64Array(batch * width)
  const klWeight = params.klWeight * users
  for (let epoch = 1; epoch <= params.epochs; epoch++) {
    const rng = stream('variational pass', epoch)
    const order = permutation(rng, items)
    for (let from = 0; from < items; from += batch) {
      const chosen = order.subarray(from, Math.min(items, from + batch))
      const rows = chosen.length
      load(chosen)
      const code = encoder.forward(input.at, rows).values
      for (let i = 0; i < rows; i++) {
        for (let f = 0; f < width; f++) {
          const at = 2 * width * i + f
          const draw = (noise[i * width + f] = normal(rng))
          latent.values[i * width + f] = code[at]! + Math.exp(0.5 * code[at + width]!) * draw
        }
      }
      const output = decoder.forward(latent.at, rows).values
      const gap = decoder.outputGradient
      for (let i = 0; i < rows * users; i++) gap[i] = (2 * (output[i]! - input.values[i]!)) / rows
      const back = decoder.backward(rows, 'both')
      const codeGap = encoder.outputGradient
      for (let i = 0; i < rows; i++) {
        for (let f = 0; f < width; f++) {
          const at = 2 * width * i + f
          const [mean, logVariance] = [code[at]!, code[at + width]!]
          const slope = back[i * width + f]!
          const variance = Math.exp(logVariance)
          codeGap[at] = slope + (klWeight * mean) / rows
          codeGap[at + width] =
            slope * 0.5 * Math.sqrt(variance) * noise[i * width + f]! +
            (klWeight * 0.5 * (variance - 1)) / rows
        }
      }
      encoder.backward(rows, 'weights')
      encoder.step(learningRate)
      decoder.step(learningRate)
    }
    yield epoch / params.epochs
  }
  const values = new Float32Array(items * width)
  for (let from = 0; from < items; from += batch) {
    const rows = Math.min(batch, items - from)
    load(Int32Array.from({ length: rows }, (_, i) => from + i))
    const code = encoder.forward(input.at, rows).values
    for (let i = 0; i < rows; i++) {
      values.set(code.subarray(2 * width * i, 2 * width * i + width), (from + i) * width)
    }
  }
  return { items, width, values }
}

/** The entries by item instead of by user. */
function transposed(
  { rows, columns, start, column, value }: Parameters<typeof variational>[1]['rewards'],
  users: number,
) {
  const itemStart = new Int32Array(columns + 1)
  const end = start[Math.min(rows, users)]!
  for (let e = 0; e < end; e++) itemStart[column[e]! + 1]!++
  for (let j = 0; j < columns; j++) itemStart[j + 1]! += itemStart[j]!
  const next = itemStart.slice(0, columns)
  const user = new Int32Array(end)
  const values = new Float32Array(end)
  for (let u = 0; u < users; u++) {
    for (let e = start[u]!; e < start[u + 1]!; e++) {
      const at = next[column[e]!]!++
      user[at] = u
      values[at] = value[e]!
    }
  }
  return { start: itemStart, user, value: values }
}

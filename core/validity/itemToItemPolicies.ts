import { Ftrl } from '#core/bandit/ftrl'
import type { EpisodicWorld } from '#core/episode/episodicWorld'
import type { ItemToItemHidden } from '#core/episode/itemToItem'
import { randomPolicy } from '#core/episode/ratingBaselines'
import { streams } from '#core/random/philox'

/**
 * The next item of each, learnt from answers to random items: logistic regression (FTRL) of acceptance on
 * 1, z_j and z_i ⊗ z_j, of which the best item is shown. It sees vectors and answers, nothing else.
 * @param vectors [items × width]
 * @param answers to learn from, in whole episodes
 * @returns [items]
 */
export function learntNext(
  world: EpisodicWorld,
  vectors: Float32Array,
  answers: number,
  seed: number,
): Int32Array {
  const { items, featureWidth: width } = world
  const model = new Ftrl(1 + width + width * width, { alpha: 0.3, beta: 1, l1: 0, l2: 1 })
  const row = new Float64Array(model.weights.length)
  const starts = world.starts.train
  const episodes = world.open(starts.length)
  const chosen = new Int32Array(starts.length)
  const policy = randomPolicy()
  for (let round = 0, seen = 0; seen < answers; round++) {
    const rng = streams(seed)('answers', round)
    episodes.begin(starts)
    for (let step = 0; episodes.alive.includes(1); step++) {
      policy.act(episodes, step, chosen, rng)
      const [alive, states] = [episodes.alive.slice(), episodes.features.slice()]
      episodes.step(chosen, rng)
      for (let r = 0; r < chosen.length; r++) {
        if (!alive[r]) continue
        seen++
        const [state, item] = [r * width, chosen[r]! * width]
        row[0] = 1
        for (let g = 0; g < width; g++) row[1 + g] = vectors[item + g]!
        for (let f = 0; f < width; f++) {
          for (let g = 0; g < width; g++) {
            row[1 + width * (1 + f) + g] = states[state + f]! * vectors[item + g]!
          }
        }
        model.learn(row, episodes.feedback.hit[r]!)
      }
    }
  }
  const { weights } = model
  const aim = new Float64Array(items * width)
  for (let i = 0; i < items; i++) {
    for (let g = 0; g < width; g++) {
      let sum = weights[1 + g]!
      for (let f = 0; f < width; f++) {
        sum += vectors[i * width + f]! * weights[1 + width * (1 + f) + g]!
      }
      aim[i * width + g] = sum
    }
  }
  return nearestTo(aim, vectors, items, 1, () => 0)
}

/**
 * Of the k items whose vectors lie nearest to where those lie that are accepted most, the one that is
 * accepted most: Wolpertinger's search with a faultless actor and critic.
 */
export const nearestNext = (
  vectors: Float32Array,
  { accept, aim }: ItemToItemHidden,
  items: number,
  k: number,
): Int32Array => nearestTo(aim, vectors, items, k, (i, j) => accept[i * items + j]!)

/** What another item's place in the table says, half the catalogue away. */
export function swappedNext(table: Int32Array): Int32Array {
  const items = table.length
  return table.map((_, i) => {
    let other = (i + Math.ceil(items / 2)) % items
    while (table[other] === i) other = (other + 1) % items
    return table[other]!
  })
}

/** For each i, of the k items j ≠ i with the largest aim_i·z_j, the one of most worth. */
function nearestTo(
  aim: Float64Array,
  vectors: Float32Array,
  items: number,
  k: number,
  worth: (i: number, j: number) => number,
): Int32Array {
  const width = vectors.length / items
  const closeness = new Float64Array(items)
  return Int32Array.from({ length: items }, (_, i) => {
    for (let j = 0; j < items; j++) {
      let dot = 0
      for (let f = 0; f < width; f++) dot += aim[i * width + f]! * vectors[j * width + f]!
      closeness[j] = dot
    }
    closeness[i] = -Infinity
    const order = Array.from(closeness, (_, j) => j)
      .sort((a, b) => closeness[b]! - closeness[a]! || a - b)
      .slice(0, Math.min(k, items - 1))
    return order.reduce((best, j) => (worth(i, j) > worth(i, best) ? j : best))
  })
}

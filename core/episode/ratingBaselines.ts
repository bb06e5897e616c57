import type { SparseRows } from '#core/environment/factorise'
import type { EpisodePolicy } from './episodePolicy.ts'
import type { Episodes } from './episodicWorld.ts'
import type { RatingMatrix } from './ratingMatrix.ts'
import { RidgeBelief, type RidgePrior } from './ridgeBelief.ts'

/** Uniform over the available items. */
export function randomPolicy(): EpisodePolicy {
  return {
    begin: () => undefined,
    act({ rows, unavailable, alive }, _step, out, rng) {
      const items = unavailable.length / rows
      for (let row = 0; row < rows; row++) {
        if (!alive[row]) continue
        let item = rng.int(items)
        // most items are available in any world worth the name, so that few draws are refused
        while (unavailable[row * items + item]) item = rng.int(items)
        out[row] = item
      }
    },
    observe: () => undefined,
  }
}

/** The same order for everybody, items already shown left out. @param value [items] */
export function fixedOrder(value: ArrayLike<number>): EpisodePolicy {
  const order = Array.from(value, (_, j) => j).sort((a, b) => value[b]! - value[a]! || a - b)
  return {
    begin: () => undefined,
    act({ rows, unavailable, alive }, _step, out) {
      const items = order.length
      for (let row = 0; row < rows; row++) {
        if (alive[row]) out[row] = order.find((item) => !unavailable[row * items + item])!
      }
    },
    observe: () => undefined,
  }
}

/** Training interactions per item, for the popularity baseline. */
export function interactionCounts(x: SparseRows): Float64Array {
  const counts = new Float64Array(x.columns)
  for (const item of x.column) counts[item]!++
  return counts
}

/** Sum of the training rewards per item, for the static best list. */
export function rewardSums(x: SparseRows): Float64Array {
  const sums = new Float64Array(x.columns)
  x.column.forEach((item, e) => (sums[item]! += x.value[e]!))
  return sums
}

/** GreedySVD (agents.md §2): the available item of the highest expected reward wⱼ·θ. */
export function greedySvd(prior: RidgePrior): EpisodePolicy {
  let belief = new RidgeBelief(prior, 0)
  return {
    begin(rows) {
      belief = new RidgeBelief(prior, rows)
      belief.begin()
    },
    act({ rows, unavailable, alive }, _step, out) {
      for (let row = 0; row < rows; row++) {
        if (alive[row]) out[row] = bestByBelief(belief, row, unavailable)
      }
    },
    observe({ rows, feedback }, chosen) {
      for (let row = 0; row < rows; row++) belief.observe(row, chosen[row]!, feedback.raw[row]!)
    },
  }
}

/** The available item with the highest w·θ, ties by id. @param unavailable [rows × items] */
function bestByBelief(belief: RidgeBelief, row: number, unavailable: Uint8Array): number {
  const { rank: k, items } = belief.prior
  const count = items.length / k
  let best = -1
  let bestValue = -Infinity
  for (let j = 0; j < count; j++) {
    if (unavailable[row * count + j]) continue
    let value = 0
    for (let f = 0; f < k; f++) value += items[j * k + f]! * belief.theta[row * k + f]!
    if (value > bestValue) {
      bestValue = value
      best = j
    }
  }
  return best
}

/** Shows each user his best items first; reads the hidden ratings, so that nobody can do it. */
export function ratingOracle({ rewards }: RatingMatrix): EpisodePolicy {
  let order: Int32Array[] = []
  return {
    begin(rows, starts) {
      order = Array.from({ length: rows }, (_, row) => {
        const value = new Float32Array(rewards.columns)
        for (let e = rewards.start[starts[row]!]!; e < rewards.start[starts[row]! + 1]!; e++) {
          value[rewards.column[e]!] = rewards.value[e]!
        }
        return Int32Array.from(value, (_, j) => j).sort((a, b) => value[b]! - value[a]! || a - b)
      })
    },
    act({ rows }: Episodes, step, out) {
      for (let row = 0; row < rows; row++) out[row] = order[row]![step]!
    },
    observe: () => undefined,
  }
}

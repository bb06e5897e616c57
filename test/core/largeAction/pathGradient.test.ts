import { describe, expect, it } from 'vitest'
import type { EpisodicWorld } from '#core/episode/episodicWorld'
import { PathGradient } from '#core/largeAction/tpgr/pathGradient'
import { PathNetwork } from '#core/largeAction/tpgr/pathNetwork'
import { PathRollout } from '#core/largeAction/tpgr/pathRollout'
import { pathShape } from '#core/largeAction/tpgr/pathShape'
import { streams } from '#core/random/philox'
import { builtTree } from '#core/tree/balancedTree'
import { smallWorld, stateVectors } from './smallWorld.ts'

/** −Σ weight·log π − entropyWeight·ΣH along given items, by the probabilities of a rollout. */
function loss(
  rollout: PathRollout,
  world: EpisodicWorld,
  items: readonly Int32Array[],
  weight: Float64Array,
  entropyWeight: number,
): number {
  const rng = streams(1)('unused', 0)
  const episodes = world.open(rollout.rows)
  episodes.begin(world.starts.train.subarray(0, rollout.rows))
  rollout.begin(episodes)
  items.forEach((chosen, step) => {
    rollout.choose(episodes, step, 'given', chosen, rng)
    episodes.step(chosen, rng)
    rollout.observe(episodes, step, chosen)
  })
  const c = rollout.network.shape.children
  let sum = 0
  for (const { probability, child } of rollout.levels) {
    child.forEach((k, sample) => {
      if (k < 0) return
      sum -= weight[sample]! * Math.log(probability[sample * c + k]!)
      for (let j = 0; j < c; j++) {
        const p = probability[sample * c + j]!
        if (p > 0) sum += entropyWeight * p * Math.log(p)
      }
    })
  }
  return sum
}

describe('the gradient of a path policy', () => {
  it.each([
    { depth: 2, hidden: 0, recurrent: false },
    { depth: 2, hidden: 5, recurrent: false, shown: true },
    { depth: 2, hidden: 5, recurrent: true },
    { depth: 3, hidden: 0, recurrent: true },
  ])(
    'equals finite differences, masks on: $depth levels, $hidden hidden, cell $recurrent',
    (options) => {
      const { world, rewards } = smallWorld({ items: 11, users: 6, horizon: 6 })
      const vectors = stateVectors(rewards, 3)
      const tree = builtTree(
        { items: 11, width: 3, values: vectors.embedding },
        options.depth,
        'pca',
        streams(1)('tree', 0),
      )
      const shape = pathShape(tree, vectors, world.featureWidth, options)
      const network = new PathNetwork(tree, shape, vectors, { trains: true, work: 50_000 })
      network.initialise(streams(3)('weights', 0))
      // no bias stays zero: with an empty state at the start it would sit on the kink of the relu
      for (let i = 0; i < shape.parameters; i++)
        network.weights.values[i] = 4 * network.weights.values[i]! + 0.2
      const rows = 3
      const rollout = new PathRollout(network, rows, 6, { taped: true, sampling: 'masked' })
      const rng = streams(4)('items', 0)
      const orders = Array.from({ length: rows }, () =>
        [...Array(11).keys()].sort(() => rng.u() - 0.5),
      )
      const items = Array.from({ length: 6 }, (_, t) =>
        Int32Array.from(orders, (order) => order[t]!),
      )
      const weight = Float64Array.from({ length: 6 * rows }, () => rng.u() - 0.5)
      loss(rollout, world, items, weight, 0.1)
      new PathGradient(rollout).compute(weight, 0.1)
      const gradient = network.gradient.values.slice()
      const weights = network.weights.values
      const step = 4e-3
      let [most, worst] = [0, 0]
      for (let i = 0; i < shape.parameters; i += 3) {
        const kept = weights[i]!
        const at = (value: number): number => {
          weights[i] = value
          network.changed()
          return loss(rollout, world, items, weight, 0.1)
        }
        const numeric = (at(kept + step) - at(kept - step)) / (2 * step)
        weights[i] = kept
        most = Math.max(most, Math.abs(numeric))
        const isCandidateBias =
          i >= shape.headsAt - shape.recurrentWidth && i < shape.headsAt && shape.recurrentWidth > 0
        if (!isCandidateBias) worst = Math.max(worst, Math.abs(numeric - gradient[i]!))
      }
      expect(most).toBeGreaterThan(0.1)
      expect(worst).toBeLessThan(2e-3 * Math.max(1, most))
    },
  )
})

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

it('is that of the expected return, over all episodes of four items', () => {
  const { world, rewards, matrix } = smallWorld({ items: 4, users: 6, horizon: 3 })
  // a user who likes some items and not others
  const user = world.starts.train.find((u) => {
    const own = matrix.sign.subarray(matrix.rewards.start[u], matrix.rewards.start[u + 1])
    return own.includes(1) && own.includes(-1)
  })!
  const vectors = stateVectors(rewards, 2)
  const itemVectors = { items: 4, width: 2, values: vectors.embedding }
  const tree = builtTree(itemVectors, 2, 'pca', streams(1)('tree', 0))
  const shape = pathShape(tree, vectors, world.featureWidth, { recurrent: false, hidden: 0 })
  const network = new PathNetwork(tree, shape, vectors, { trains: true, work: 50_000 })
  network.initialise(streams(3)('weights', 0))
  for (let i = 0; i < shape.parameters; i++) network.weights.values[i]! *= 6
  // each of the 4 · 3 · 2 orders of three items is a row: what is shown is masked from then on
  const all = [0, 1, 2, 3]
  const orders = all.flatMap((a) =>
    all.flatMap((b) => all.filter((c) => new Set([a, b, c]).size === 3).map((c) => [a, b, c])),
  )
  const rows = orders.length
  const rollout = new PathRollout(network, rows, 3, { taped: true, sampling: 'masked' })
  const rng = streams(4)('unused', 0)
  const gamma = 0.6
  /** Chance and discounted return of each order, and the returns from each step on, [steps × rows]. */
  const play = () => {
    const episodes = world.open(rows)
    episodes.begin(new Int32Array(rows).fill(user))
    rollout.begin(episodes)
    const log = new Float64Array(rows)
    const returns = new Float64Array(3 * rows)
    for (let step = 0; step < 3; step++) {
      const chosen = Int32Array.from(orders, (order) => order[step]!)
      const explain = new Float64Array(rows)
      rollout.choose(episodes, step, 'given', chosen, rng, explain)
      episodes.step(chosen, rng)
      rollout.observe(episodes, step, chosen)
      for (let row = 0; row < rows; row++) {
        log[row]! += explain[row]!
        for (let t = 0; t <= step; t++) {
          returns[t * rows + row]! += gamma ** (step - t) * episodes.feedback.reward[row]!
        }
      }
    }
    return { chance: log.map(Math.exp), returns }
  }
  const { chance, returns } = play()
  expect(chance.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 5)
  const weight = returns.map(
    (value, s) => chance[s % rows]! * gamma ** Math.floor(s / rows) * value,
  )
  new PathGradient(rollout).compute(weight, 0)
  const gradient = network.gradient.values.slice()
  const expected = (): number => {
    network.changed()
    const now = play()
    return now.chance.reduce((sum, p, row) => sum + p * now.returns[row]!, 0)
  }
  const weights = network.weights.values
  let most = 0
  for (let i = 0; i < shape.parameters; i += 2) {
    const own = weights[i]!
    weights[i] = own + 4e-3
    const up = expected()
    weights[i] = own - 4e-3
    const down = expected()
    weights[i] = own
    const numeric = (up - down) / 8e-3
    most = Math.max(most, Math.abs(numeric))
    // the loss falls where the return rises
    expect(Math.abs(numeric + gradient[i]!)).toBeLessThan(1e-3)
  }
  expect(most).toBeGreaterThan(0.1)
})

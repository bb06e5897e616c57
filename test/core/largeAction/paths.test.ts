import { describe, expect, it } from 'vitest'
import { headsFromItems } from '#core/largeAction/tpgr/itemHeads'
import { PathNetwork } from '#core/largeAction/tpgr/pathNetwork'
import { PathRollout, type Sampling } from '#core/largeAction/tpgr/pathRollout'
import { pathShape, rewardBin } from '#core/largeAction/tpgr/pathShape'
import { topItems } from '#core/largeAction/tpgr/topItems'
import { streams } from '#core/random/philox'
import { builtTree } from '#core/tree/balancedTree'
import { smallWorld, stateVectors } from './smallWorld.ts'

function policy(items: number, depth: number, rows: number, horizon: number, sampling: Sampling) {
  const { world, rewards } = smallWorld({ items, users: 40, horizon })
  const vectors = stateVectors(rewards, 2)
  const itemVectors = { items, width: 2, values: vectors.embedding }
  const tree = builtTree(itemVectors, depth, 'pca', streams(1)('tree', 0))
  const shape = pathShape(tree, vectors, world.featureWidth, { recurrent: true, hidden: 4 })
  const network = new PathNetwork(tree, shape, vectors, { trains: false, work: 100_000 })
  network.initialise(streams(2)('weights', 0))
  for (let i = 0; i < shape.parameters; i++) network.weights.values[i]! *= 10
  const rollout = new PathRollout(network, rows, horizon, { taped: false, sampling })
  return { world, rollout }
}

describe('a path policy', () => {
  it.each([
    { items: 1, depth: 2 },
    { items: 4, depth: 3 },
    { items: 10, depth: 2 },
    { items: 9, depth: 1 },
  ])(
    'gives all open items probabilities that sum to 1: $items items, depth $depth',
    ({ items, depth }) => {
      const horizon = Math.min(3, items)
      const { world, rollout } = policy(items, depth, 2, horizon, 'masked')
      const rng = streams(4)('episode', 0)
      const episodes = world.open(2)
      episodes.begin(world.starts.train.subarray(0, 2))
      rollout.begin(episodes)
      const chosen = new Int32Array(2)
      const explain = new Float64Array(2)
      for (let step = 0; step < horizon; step++) {
        let [first, second] = [0, 0]
        for (let item = 0; item < items; item++) {
          chosen.fill(item)
          if (!episodes.unavailable[item] && !episodes.unavailable[items + item]) {
            rollout.choose(episodes, step, 'given', chosen, rng, explain)
            first += Math.exp(explain[0]!)
            second += Math.exp(explain[1]!)
          }
        }
        expect(first).toBeCloseTo(1, 5)
        expect(second).toBeCloseTo(1, 5)
        const item = episodes.unavailable.subarray(0, items).indexOf(0)
        chosen.fill(item)
        episodes.step(chosen, rng)
        rollout.observe(episodes, step, chosen)
      }
    },
  )

  it.each([
    { choice: 'sample', sampling: 'masked' },
    { choice: 'sample', sampling: 'authors' },
    { choice: 'argmax', sampling: 'masked' },
  ] as const)(
    'shows nothing twice in as many steps as there are items: $choice, $sampling',
    (how) => {
      const { world, rollout } = policy(33, 3, 5, 33, how.sampling)
      const rng = streams(4)('episode', 1)
      const episodes = world.open(5)
      episodes.begin(world.starts.train.subarray(0, 5))
      rollout.begin(episodes)
      const chosen = new Int32Array(5)
      for (let step = 0; step < 33; step++) {
        rollout.choose(episodes, step, how.choice, chosen, rng)
        episodes.step(chosen, rng) // throws for an item that was shown before
        rollout.observe(episodes, step, chosen)
      }
      expect(episodes.blockedCount.every((n) => n === 33)).toBe(true)
    },
  )

  it('knows what was shown under each child of the root', () => {
    const { world, rewards } = smallWorld({ items: 9, users: 40, horizon: 4 })
    const vectors = stateVectors(rewards, 2)
    const itemVectors = { items: 9, width: 2, values: vectors.embedding }
    const tree = builtTree(itemVectors, 2, 'pca', streams(1)('tree', 0))
    const options = { recurrent: false, hidden: 0, shown: true }
    const shape = pathShape(tree, vectors, world.featureWidth, options)
    const network = new PathNetwork(tree, shape, vectors, { trains: false, work: 10_000 })
    const rollout = new PathRollout(network, 1, 4, { taped: true, sampling: 'masked' })
    const episodes = world.open(1)
    const rng = streams(4)('episode', 3)
    episodes.begin(world.starts.train.subarray(0, 1))
    rollout.begin(episodes)
    // two items of the third child, then one of the first
    for (const [step, slot] of [7, 6, 0].entries()) {
      const chosen = Int32Array.of(tree.leaf[slot]!)
      rollout.choose(episodes, step, 'given', chosen, rng)
      episodes.step(chosen, rng)
      rollout.observe(episodes, step, chosen)
    }
    const state = rollout.states.values.subarray(3 * shape.stateWidth, 4 * shape.stateWidth)
    const counts = [...state.subarray(shape.stateWidth - 4, shape.stateWidth - 1)]
    expect(counts.map((x) => Math.round(Math.expm1(x)))).toEqual([1, 0, 2])
  })

  it.each([1, 2, 3])(
    'may start with heads that rank as the ridge estimate does, depth %d',
    (depth) => {
      const { world, rewards } = smallWorld({ items: 30, users: 40, horizon: 3 })
      const vectors = stateVectors(rewards, 2)
      const prior = vectors.prior!
      const itemVectors = { items: 30, width: 2, values: vectors.embedding }
      const tree = builtTree(itemVectors, depth, 'pca', streams(1)('tree', 0))
      const shape = pathShape(tree, vectors, world.featureWidth, { recurrent: true, hidden: 4 })
      const network = new PathNetwork(tree, shape, vectors, { trains: false, work: 100_000 })
      network.initialise(streams(2)('weights', 0))
      headsFromItems(network, prior, 5)
      const rollout = new PathRollout(network, 1, 3, { taped: false, sampling: 'masked' })
      const episodes = world.open(1)
      episodes.begin(world.starts.train.subarray(0, 1))
      rollout.begin(episodes)
      const rng = streams(4)('episode', 4)
      const chosen = new Int32Array(1)
      const logOf = (item: number) => {
        const explain = new Float64Array(1)
        chosen[0] = item
        rollout.choose(episodes, 0, 'given', chosen, rng, explain)
        return explain[0]!
      }
      // at the start θ is that of the mean user, around whom all levels are exact: softmax(5·w·θ)
      const score = Float64Array.from({ length: 30 }, (_, j) => {
        return 5 * (prior.items[2 * j]! * prior.mean[0]! + prior.items[2 * j + 1]! * prior.mean[1]!)
      })
      const total = Math.log(score.reduce((sum, x) => sum + Math.exp(x), 0))
      for (const item of [0, 7, 29]) expect(logOf(item)).toBeCloseTo(score[item]! - total, 4)
    },
  )

  it('puts the worst answer into the last bin', () => {
    expect([1, 0.5, 0, -0.5, -1].map(rewardBin)).toEqual([0, 2, 5, 7, 9])
  })
})

describe('a list of the best items', () => {
  it('holds what the path probabilities say, without repetition and without blocked items', () => {
    const { world, rollout } = policy(20, 2, 2, 4, 'masked')
    const rng = streams(4)('episode', 2)
    const episodes = world.open(2)
    episodes.begin(world.starts.train.subarray(0, 2))
    rollout.begin(episodes)
    const chosen = Int32Array.of(3, 7)
    rollout.choose(episodes, 0, 'given', chosen, rng)
    episodes.step(chosen, rng)
    rollout.observe(episodes, 0, chosen)
    const found = topItems(rollout, episodes, 1, 5, 25)
    const explain = new Float64Array(2)
    const byHand = [0, 1].map((row) => {
      const scores: { item: number; logProbability: number }[] = []
      for (let item = 0; item < 20; item++) {
        if (episodes.unavailable[row * 20 + item]) continue
        chosen.fill(item)
        const other = 1 - row
        if (episodes.unavailable[other * 20 + item]) chosen[other] = item === 0 ? 1 : 0
        rollout.choose(episodes, 1, 'given', chosen, rng, explain)
        scores.push({ item, logProbability: explain[row]! })
      }
      return scores.sort((a, b) => b.logProbability - a.logProbability).slice(0, 5)
    })
    found.forEach((list, row) => {
      expect(list.map(({ item }) => item)).toEqual(byHand[row]!.map(({ item }) => item))
      list.forEach(({ logProbability }, i) => {
        expect(logProbability).toBeCloseTo(byHand[row]![i]!.logProbability, 4)
      })
    })
    expect(() => topItems(rollout, episodes, 1, 5, 2)).toThrow('a beam of 2')
  })
})

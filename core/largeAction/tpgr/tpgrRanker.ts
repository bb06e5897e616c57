import type { RatedObserved } from '#core/environment/environment'
import type { Episodes } from '#core/episode/episodicWorld'
import type { SavedModel } from '#core/model/savedModel'
import { streams } from '#core/random/philox'
import type { Ranker } from '#core/ranker/ranker'
import { historyWorld, newestItems } from '../historyAnswers.ts'
import { loadTpgr } from './tpgrModel.ts'
import { PathRollout } from './pathRollout.ts'

/** Score of an item that the user has already answered: behind all others. */
const answered = -1e6

/**
 * A trained path policy among the rankers of a duel: a candidate's score is the log-probability of its
 * path in the state that the user's newest visible interactions lead to. It does not learn from the run.
 * @throws RangeError if the model was trained on another number of items
 */
export function tpgrRanker(model: SavedModel, observed: RatedObserved): Ranker {
  const { network, spec } = loadTpgr(model, 100_000)
  const { history } = observed
  const items = network.tree.slotOf.length
  const rows = observed.itemFeatures.length / observed.itemWidth
  if (items !== rows) {
    throw new RangeError(
      `the tpgr model knows ${items} items, the world has ${rows}: train it there`,
    )
  }
  const { horizon } = spec.world
  const world = historyWorld(history, items, horizon)
  const { sampling } = spec.agent
  const rollout = new PathRollout(network, 1, horizon, { taped: false, sampling })
  const rng = streams(0)('replayed history', 0) // nothing is drawn: the items are given
  const { depth, children: c } = network.shape
  let user = -1
  let episodes: Episodes = world.open(1)
  let step = 0
  let nodes = new Map<number, Float32Array>()

  const load = (next: number) => {
    user = next
    nodes = new Map()
    episodes = world.open(1)
    episodes.begin(Int32Array.of(user))
    rollout.begin(episodes)
    const shown = newestItems(history, user, Math.min(horizon, items) - 1)
    shown.forEach((item, t) => {
      const chosen = Int32Array.of(item)
      episodes.step(chosen, rng)
      rollout.observe(episodes, t, chosen)
    })
    step = shown.length
  }
  const children = (level: number, node: number): Float32Array => {
    const key = network.shape.firstNode[level]! + node
    let found = nodes.get(key)
    if (!found) {
      found = rollout.childProbabilities(episodes, step, 0, level, node)
      nodes.set(key, found)
    }
    return found
  }
  const score = (item: number): number => {
    if (episodes.unavailable[item]) return answered
    const slot = network.tree.slotOf[item]!
    let node = 0
    let sum = 0
    for (let level = 0; level < depth; level++) {
      const child = Math.floor(slot / c ** (depth - level - 1)) - node * c
      sum += Math.log(Math.max(1e-38, children(level, node)[child]!))
      node = node * c + child
    }
    return sum
  }
  return {
    score({ rows: asked, users, pools, poolSize }, out) {
      for (let row = 0; row < asked; row++) {
        if (users[row] !== user) load(users[row]!)
        for (let p = row * poolSize; p < (row + 1) * poolSize; p++) out[p] = score(pools[p]!)
      }
    },
  }
}

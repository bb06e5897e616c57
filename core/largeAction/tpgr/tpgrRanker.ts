import type { RatedObserved } from '#core/environment/environment'
import type { SavedModel } from '#core/model/savedModel'
import type { Ranker } from '#core/ranker/ranker'
import { historyWorld, replayHistory, requireItems } from '../historyAnswers.ts'
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
  const items = requireItems('tpgr', network.tree.slotOf.length, observed)
  const { horizon } = spec.world
  const world = historyWorld(history, items, horizon)
  const { sampling } = spec.agent
  const rollout = new PathRollout(network, 1, horizon, { taped: false, sampling })
  const { depth, children: c } = network.shape
  let user = -1
  let replayed: ReturnType<typeof replayHistory>
  let nodes = new Map<number, Float32Array>()

  const load = (next: number) => {
    user = next
    nodes = new Map()
    replayed = replayHistory(world, history, user, rollout)
  }
  const children = (level: number, node: number): Float32Array => {
    const key = network.shape.firstNode[level]! + node
    let found = nodes.get(key)
    if (!found) {
      found = rollout.childProbabilities(replayed.episodes, replayed.steps, 0, level, node)
      nodes.set(key, found)
    }
    return found
  }
  const score = (item: number): number => {
    if (replayed.episodes.unavailable[item]) return answered
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

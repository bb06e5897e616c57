import type { RatedObserved } from '#core/environment/environment'
import type { SavedModel } from '#core/model/savedModel'
import type { Ranker } from '#core/ranker/ranker'
import { requireItems } from '../historyAnswers.ts'
import { loadFcpo } from './fcpoModel.ts'
import { ListState } from './listWorld.ts'

/**
 * A trained matrix policy among the rankers of a duel: the first row of the mean W scores each candidate,
 * from the user's visible interactions with a click probability above one half.
 * @throws RangeError if the model was trained on another number of items
 */
export function fcpoRanker(model: SavedModel, observed: RatedObserved): Ranker {
  const { actor, vectors, spec } = loadFcpo(model)
  const { history } = observed
  requireItems('fcpo', vectors.items, observed)
  const mean = new Float64Array(actor.outputs)
  let user = -1
  const load = (next: number) => {
    user = next
    const liked: number[] = []
    for (let e = history.start[user]!; e < history.start[user + 1]!; e++) {
      if (history.value[e]! > 0.5) liked.push(history.item[e]!)
    }
    const known = { given: Int32Array.from(liked), heldOut: new Set<number>() }
    actor.mean(new ListState(known, vectors, spec.agent.history).read(), mean)
  }
  return {
    score({ rows, users, pools, poolSize }, out) {
      for (let row = 0; row < rows; row++) {
        if (users[row] !== user) load(users[row]!)
        for (let p = row * poolSize; p < (row + 1) * poolSize; p++) {
          let sum = 0
          const at = pools[p]! * vectors.width
          for (let f = 0; f < vectors.width; f++) sum += mean[f]! * vectors.values[at + f]!
          out[p] = sum
        }
      }
    },
  }
}

import type { RatedObserved } from '#core/environment/environment'
import type { SavedModel } from '#core/model/savedModel'
import type { Ranker } from '#core/ranker/ranker'
import { historyWorld, replayHistory, requireItems } from '../historyAnswers.ts'
import { neighbourCount } from './params.ts'
import { StateReader } from './stateReader.ts'
import { loadWolpertinger } from './wolpertingerModel.ts'

/** Candidates whose Q is asked for in one call. */
const atOnce = 64

/**
 * A trained Wolpertinger among the rankers of a duel. A list is its decision made again and again
 * without repetition: the best by Q among the k candidates nearest to the proto-action, which then
 * leaves room for the next nearest; k is counted by the trained share of the candidates. A candidate's
 * score is the negative place that it gets so. The state is where the user's newest visible
 * interactions lead to; nothing is learnt from the run.
 * @throws RangeError if the model was trained on another number of items, or without users
 */
export function wolpertingerRanker(model: SavedModel, observed: RatedObserved): Ranker {
  const { agent, prior, spec } = loadWolpertinger(model, atOnce)
  if (spec.world.kind === 'itemToItem') {
    throw new RangeError(
      'the wolpertinger model was trained from item to item, where nobody asks for lists: train it on ratings or typedLatent',
    )
  }
  const { items: known, width, values } = agent.vectors
  const items = requireItems('wolpertinger', known, observed)
  const world = historyWorld(observed.history, items, spec.world.horizon)
  const reader = new StateReader({ world }, prior)
  const follower = {
    begin: () => reader.begin(1),
    observe: (...[episodes, , chosen]: Parameters<Follower['observe']>) =>
      reader.observe(episodes, chosen),
  }
  let user = -1
  let states: Float32Array = new Float32Array(0) // of the user, as often as pairs are valued at once
  let proto: Float32Array = new Float32Array(0)
  let unavailable: Uint8Array = new Uint8Array(0)
  const load = (next: number) => {
    user = next
    const { episodes } = replayHistory(world, observed.history, user, follower)
    const state = reader.read(episodes)
    states = new Float32Array(atOnce * agent.stateWidth)
    for (let row = 0; row < atOnce; row++) states.set(state, row * agent.stateWidth)
    proto = agent.protoActions(state, 1)
    unavailable = episodes.unavailable
  }
  /** Of a place without an item, and of one that was answered already: behind all others. */
  const isOut = (item: number): boolean => item < 0 || unavailable[item] === 1
  const distance = (item: number): number => {
    if (isOut(item)) return Infinity
    let square = 0
    for (let f = 0; f < width; f++) square += (proto[f]! - values[item * width + f]!) ** 2
    return square
  }
  const valuesOf = (pool: Int32Array): Float32Array => {
    const q = new Float32Array(pool.length)
    for (let from = 0; from < pool.length; from += atOnce) {
      const some = pool.subarray(from, from + atOnce)
      q.set(agent.values(states, some, some.length), from)
    }
    return q.map((value, place) => (isOut(pool[place]!) ? -Infinity : value))
  }
  return {
    score({ rows, users, pools, poolSize }, out) {
      for (let row = 0; row < rows; row++) {
        if (users[row] !== user) load(users[row]!)
        const pool = pools.subarray(row * poolSize, (row + 1) * poolSize)
        const k = neighbourCount(spec.agent, poolSize)
        const order = repeatedDecisions(pool, valuesOf(pool), Float64Array.from(pool, distance), k)
        order.forEach((place, rank) => (out[row * poolSize + place] = -rank))
      }
    },
  }
}

type Follower = Parameters<typeof replayHistory>[3]

/**
 * Places of a pool in the order in which they are taken: each time the best value among the k nearest
 * that are left; ties go to the lower item id.
 */
export function repeatedDecisions(
  pool: Int32Array,
  value: Float32Array,
  distance: Float64Array,
  k: number,
): readonly number[] {
  const byDistance = Array.from(pool.keys()).sort(
    (a, b) => distance[a]! - distance[b]! || pool[a]! - pool[b]!,
  )
  const near = byDistance.slice(0, k)
  const order: number[] = []
  for (let next = k; near.length > 0; next++) {
    let best = 0
    for (let i = 1; i < near.length; i++) {
      const gain = value[near[i]!]! - value[near[best]!]!
      if (gain > 0 || (gain === 0 && pool[near[i]!]! < pool[near[best]!]!)) best = i
    }
    order.push(near[best]!)
    if (next < byDistance.length) near[best] = byDistance[next]!
    else near.splice(best, 1)
  }
  return order
}

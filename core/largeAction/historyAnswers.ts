import type { History, RatedObserved } from '#core/environment/environment'
import { streams } from '#core/random/philox'
import { ratingEpisodes } from '#core/episode/ratingEpisodes'
import type { Episodes, EpisodicWorld } from '#core/episode/episodicWorld'
import type { RatingMatrix } from '#core/episode/ratingMatrix'

/**
 * What users of an experiment have shown they like, as a world of episodes: replaying a user's visible
 * interactions brings a policy's state to where the user is. A visible click probability v answers 2v − 1.
 * @param horizon steps of the episodes that the policy was trained on
 */
export function historyWorld(history: History, items: number, horizon: number): EpisodicWorld {
  const users = history.start.length - 1
  const order = Array.from({ length: users }, (_, u) => {
    const entries = Array.from(
      { length: history.start[u + 1]! - history.start[u]! },
      (_unused, i) => history.start[u]! + i,
    )
    return entries.sort((a, b) => history.item[a]! - history.item[b]! || a - b)
  }).flat()
  const value = Float32Array.from(order, (entry) => 2 * history.value[entry]! - 1)
  const matrix: RatingMatrix = {
    rewards: {
      rows: users,
      columns: items,
      start: history.start,
      column: Int32Array.from(order, (entry) => history.item[entry]!),
      value,
    },
    sign: Int8Array.from(value, Math.sign),
    relevant: Uint8Array.from(value, (x) => (x > 0 ? 1 : 0)),
    train: new Int32Array(0),
    test: new Int32Array(0),
  }
  return ratingEpisodes(matrix, { horizon, alpha: 0, label: 'visible interactions' })
}

/** What follows a replayed episode and keeps a state of it. */
interface HistoryFollower {
  begin(episodes: Episodes): void
  /** After the answer to `items`, of the one episode at `step`. */
  observe(episodes: Episodes, step: number, items: Int32Array): void
}

/**
 * An episode in which a user has answered the newest visible interactions, oldest first; there is room
 * for one more step.
 * @returns the episode, and how many were answered
 */
export function replayHistory(
  world: EpisodicWorld,
  history: History,
  user: number,
  follower: HistoryFollower,
): { readonly episodes: Episodes; readonly steps: number } {
  const episodes = world.open(1)
  episodes.begin(Int32Array.of(user))
  follower.begin(episodes)
  const end = history.start[user + 1]!
  const most = Math.min(world.horizon, world.items) - 1
  const shown = history.item.subarray(Math.max(history.start[user]!, end - most), end)
  shown.forEach((item, step) => {
    const chosen = Int32Array.of(item)
    episodes.step(chosen, nothingIsDrawn)
    follower.observe(episodes, step, chosen)
  })
  return { episodes, steps: shown.length }
}

/** The items are given. */
const nothingIsDrawn = streams(0)('replayed history', 0)

/**
 * The number of items of a world that a model ranks in.
 * @throws RangeError if the model was trained on another
 */
export function requireItems(kind: string, known: number, observed: RatedObserved): number {
  const { itemFeatures, itemWidth } = observed
  const items = itemFeatures.length / itemWidth
  if (known === items) return items
  throw new RangeError(
    `the ${kind} model knows ${known} items, the world has ${items}: train it there`,
  )
}

import type { History } from '#core/environment/environment'
import { ratingEpisodes } from '#core/episode/ratingEpisodes'
import type { EpisodicWorld } from '#core/episode/episodicWorld'
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

/** The newest items of a user's visible interactions, oldest first, at most `most`. */
export function newestItems(history: History, user: number, most: number): Int32Array {
  const end = history.start[user + 1]!
  return history.item.slice(Math.max(history.start[user]!, end - most), end)
}

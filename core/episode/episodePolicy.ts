import type { Rng } from '#core/random/rng'
import type { Episodes } from './episodicWorld.ts'

/** Who chooses in episodes that run in lockstep. */
export interface EpisodePolicy {
  /** New episodes; @param starts users or first items, [rows] */
  begin(rows: number, starts: Int32Array): void
  /** Writes the item of every row that is alive; @param out [rows] */
  act(episodes: Episodes, step: number, out: Int32Array, rng: Rng): void
  /** The answers to the items chosen last. */
  observe(episodes: Episodes, items: Int32Array): void
}

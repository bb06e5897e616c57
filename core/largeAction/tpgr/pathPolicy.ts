import type { EpisodePolicy } from '#core/episode/episodePolicy'
import type { Episodes } from '#core/episode/episodicWorld'
import type { Choice, PathRollout } from './pathRollout.ts'

/** Sees every decision of an evaluation after it was answered. */
export interface DecisionWatch {
  answered(rollout: PathRollout, episodes: Episodes, items: Int32Array): void
}

/** A path policy as it stands in evaluations. @param rollout without a tape, for as many rows */
export function pathPolicy(
  rollout: PathRollout,
  choice: Exclude<Choice, 'given'>,
  watch: DecisionWatch | null = null,
): EpisodePolicy {
  return {
    begin(rows) {
      if (rows !== rollout.rows) {
        throw new RangeError(`the policy plays ${rollout.rows} episodes at a time, not ${rows}`)
      }
    },
    act(episodes, step, out, rng) {
      if (step === 0) rollout.begin(episodes)
      rollout.choose(episodes, step, choice, out, rng)
    },
    observe(episodes, items) {
      watch?.answered(rollout, episodes, items)
      rollout.observe(episodes, rollout.lastStep, items)
    },
  }
}

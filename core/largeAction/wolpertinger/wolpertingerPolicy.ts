import type { EpisodePolicy } from '#core/episode/episodePolicy'
import type { WolpertingerAgent } from './agent.ts'
import { blockedOf } from './blockedOf.ts'
import type { StateReader } from './stateReader.ts'

/** Sums over the decisions of an evaluation. */
export interface DecisionGauge {
  gap: number // distance from the proto-action to the nearest item
  decisions: number
}

/** Wolpertinger as it stands in evaluations: without exploration. */
export function wolpertingerPolicy(
  agent: WolpertingerAgent,
  reader: StateReader,
  gauge: DecisionGauge,
): EpisodePolicy {
  return {
    begin: (rows) => reader.begin(rows),
    act(episodes, _step, out) {
      const { rows, alive } = episodes
      const { items, gaps } = agent.decide(reader.read(episodes), rows, blockedOf(episodes))
      for (let row = 0; row < rows; row++) {
        if (!alive[row]) continue
        out[row] = items[row]!
        gauge.gap += gaps[row]!
        gauge.decisions++
      }
    },
    observe: (episodes, items) => reader.observe(episodes, items),
  }
}

import type { EpisodePolicy } from './episodePolicy.ts'

/** One item per current item, for worlds whose state is an item. @param table [items] */
export function tablePolicy(table: Int32Array): EpisodePolicy {
  return {
    begin: () => undefined,
    act({ rows, alive, blocked }, _step, out) {
      const horizon = blocked.length / rows
      for (let row = 0; row < rows; row++) {
        if (alive[row]) out[row] = table[blocked[row * horizon]!]!
      }
    },
    observe: () => undefined,
  }
}

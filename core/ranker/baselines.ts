import type { RatedObserved } from '#core/environment/environment'
import type { StreamFactory } from '#core/random/philox'
import { dotScores } from './dotScores.ts'
import type { Ranker } from './ranker.ts'

/** The same order for everybody. @param value [items] */
export const itemValueRanker = (value: Float32Array): Ranker => ({
  score({ pools }, out) {
    for (let p = 0; p < pools.length; p++) out[p] = value[pools[p]!]!
  },
})

/**
 * Greedy matrix factorisation: the value that the truncated SVD of the visible interactions
 * predicts, as Cremonesi, Koren & Turrin's PureSVD (RecSys 2010). It does not learn from the run.
 */
export function factorRanker({ factors, userFactors, rank }: RatedObserved): Ranker {
  return {
    score({ rows, users, pools, poolSize }, out) {
      for (let row = 0; row < rows; row++) {
        const at = users[row]! * rank
        const user = Float64Array.from(userFactors.subarray(at, at + rank))
        dotScores(user, factors, pools, row * poolSize, (row + 1) * poolSize, out)
      }
    },
  }
}

/** A fresh order for every request. @param name of its streams, so that two of them differ */
export function randomRanker(stream: StreamFactory, name: string): Ranker {
  return {
    score({ first, rows, poolSize }, out) {
      for (let row = 0; row < rows; row++) {
        const rng = stream(name, first + row)
        for (let p = row * poolSize; p < (row + 1) * poolSize; p++) out[p] = rng.u()
      }
    },
  }
}

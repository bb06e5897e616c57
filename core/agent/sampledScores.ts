import type { StreamFactory } from '#core/random/philox'
import type { OwnedRanker } from './agent.ts'

/**
 * Draws lists by Plackett–Luce from another ranker's scores: scores plus Gumbel noise, sorted, are a
 * draw without replacement from softmax(score / temperature) (Gumbel, 1954; Yellott, 1977). One stream
 * per impression.
 */
export function sampledScores(
  inner: OwnedRanker,
  temperature: number,
  stream: StreamFactory,
  name: string,
): OwnedRanker {
  return {
    score(requests, out) {
      const { first, rows, poolSize } = requests
      inner.score(requests, out)
      for (let row = 0; row < rows; row++) {
        const rng = stream(name, first + row)
        for (let p = row * poolSize; p < (row + 1) * poolSize; p++) {
          // 1 − u is never 0, and its logarithm never 0 but for u = 0
          const noise = -Math.log(-Math.log(1 - rng.u()) || Number.MIN_VALUE)
          out[p] = out[p]! / temperature + noise
        }
      }
    },
    dispose: () => inner.dispose(),
  }
}

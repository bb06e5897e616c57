import type { OwnedRanker } from '#core/agent/agent'
import { sampledScores } from '#core/agent/sampledScores'
import type { StreamFactory } from '#core/random/philox'
import type { BoltzmannParams, EpsilonGreedyParams } from './params.ts'

/** Explores in the space of lists: side A is Q's list, side B a random change of it. */
export function exploringList(
  spec: EpsilonGreedyParams | BoltzmannParams,
  greedy: OwnedRanker,
  listLength: number,
  stream: StreamFactory,
): OwnedRanker {
  return spec.kind === 'boltzmann'
    ? sampledScores(greedy, spec.temperature, stream, 'boltzmann')
    : epsilonGreedyList(greedy, spec.epsilon, listLength, stream)
}

/** Each slot of the best list falls to another candidate, not yet in it, with probability ε. */
function epsilonGreedyList(
  greedy: OwnedRanker,
  epsilon: number,
  listLength: number,
  stream: StreamFactory,
): OwnedRanker {
  return {
    score(requests, out) {
      const { first, rows, poolSize } = requests
      greedy.score(requests, out)
      for (let row = 0; row < rows; row++) {
        const scores = out.subarray(row * poolSize, (row + 1) * poolSize)
        const order = Array.from(scores.keys()).sort((a, b) => scores[b]! - scores[a]! || a - b)
        const rng = stream('epsilon', first + row)
        for (let slot = 0; slot < Math.min(listLength, poolSize - 1); slot++) {
          // what is left behind the list is still free
          if (rng.u() >= epsilon || poolSize <= listLength) continue
          const other = listLength + rng.int(poolSize - listLength)
          const kept = order[slot]!
          order[slot] = order[other]!
          order[other] = kept
        }
        order.forEach((place, rank) => (scores[place] = -rank))
      }
    },
    dispose: () => greedy.dispose(),
  }
}

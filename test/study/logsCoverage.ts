import { ReplaySpec } from '#core/ope/replaySpec'
import { runReplay } from '#core/ope/runReplay'
import type { ReplayEstimatorId } from '#core/ope/estimatorSums'
import { finished } from '../support/finished.ts'
import { syntheticBandit, trueValue } from '../support/syntheticBandit.ts'

/** How often the interval of an estimator held the true value. */
export interface Coverage {
  readonly id: ReplayEstimatorId
  readonly covered: number
  readonly repetitions: number
  readonly bias: number // mean of the estimates less the truth
  readonly width: number // mean width of the intervals
}

/** Rounds of a log, and the policy whose value is asked for. */
export const coverageRounds = 1000
const target = [0.1, 0.2, 0.3, 0.4]
const probabilities = Object.fromEntries(['w', 'x', 'y', 'z'].map((id, a) => [id, [target[a]!]]))

/** All estimators on logs of a skewed policy, and Li's replay on uniform ones. */
export async function coverage(
  repetitions: number,
  told: (done: number) => void,
): Promise<Coverage[]> {
  const truth = trueValue(target)
  const sums = new Map<ReplayEstimatorId, { covered: number; bias: number; width: number }>()
  for (let seed = 1; seed <= repetitions; seed++) {
    for (const isUniform of [false, true]) {
      const spec = ReplaySpec.parse({
        dataset: 'log',
        policy: { kind: 'table', probabilities },
        replicates: 400,
      })
      const log = syntheticBandit(coverageRounds, seed, isUniform)
      const { estimates } = await finished(runReplay(spec, log, seed))
      for (const { id, value, low, high } of estimates) {
        if ((id === 'liReplay') !== isUniform || value === null) continue
        const sum = sums.get(id) ?? { covered: 0, bias: 0, width: 0 }
        if (low! <= truth && truth <= high!) sum.covered++
        sum.bias += (value - truth) / repetitions
        sum.width += (high! - low!) / repetitions
        sums.set(id, sum)
      }
    }
    told(seed)
  }
  return [...sums].map(([id, sum]) => ({ id, repetitions, ...sum }))
}

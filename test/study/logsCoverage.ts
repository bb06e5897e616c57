import { ReplaySpec } from '#core/ope/replaySpec'
import { runReplay } from '#core/ope/runReplay'
import type { ReplayEstimatorId } from '#core/ope/estimatorSums'
import type { SlateEstimatorId } from '#core/ope/slates'
import type { Estimate } from '#core/run/summary'
import { finished } from '../support/finished.ts'
import { syntheticBandit, syntheticSlates, trueValue } from '../support/syntheticBandit.ts'

export type CoveredId = ReplayEstimatorId | `slate ${SlateEstimatorId}`

/** How often the interval of an estimator held the true value. */
export interface Coverage {
  readonly id: CoveredId
  readonly covered: number
  readonly repetitions: number
  readonly bias: number // mean of the estimates less the truth
  readonly width: number // mean width of the intervals
}

/** Rounds of a log, and the policy whose value is asked for. */
export const coverageRounds = 1000
const target = [0.1, 0.2, 0.3, 0.4]
const probabilities = Object.fromEntries(['w', 'x', 'y', 'z'].map((id, a) => [id, [target[a]!]]))

/**
 * All estimators on logs of a skewed policy, Li's replay on uniform ones, and those of whole lists on
 * half as many lists of two.
 */
export async function coverage(
  repetitions: number,
  told: (done: number) => void,
): Promise<Coverage[]> {
  const truth = trueValue(target)
  const sums = new Map<CoveredId, { covered: number; bias: number; width: number }>()
  const add = (id: CoveredId, { value, low, high }: Estimate, truth: number) => {
    if (value === null) return
    const sum = sums.get(id) ?? { covered: 0, bias: 0, width: 0 }
    if (low! <= truth && truth <= high!) sum.covered++
    sum.bias += (value - truth) / repetitions
    sum.width += (high! - low!) / repetitions
    sums.set(id, sum)
  }
  const policy = { kind: 'table', probabilities }
  const spec = ReplaySpec.parse({ dataset: 'log', policy, replicates: 400 })
  const ofSlates = ReplaySpec.parse({ ...spec, rewardModel: 'none' })
  for (let seed = 1; seed <= repetitions; seed++) {
    for (const isUniform of [false, true]) {
      const log = syntheticBandit(coverageRounds, seed, isUniform)
      const { estimates } = await finished(runReplay(spec, log, seed))
      for (const estimate of estimates) {
        if ((estimate.id === 'liReplay') === isUniform) add(estimate.id, estimate, truth)
      }
    }
    const log = syntheticSlates(coverageRounds / 2, seed)
    const { slates } = await finished(runReplay(ofSlates, log, seed))
    for (const estimate of slates!.estimates) add(`slate ${estimate.id}`, estimate, 2 * truth)
    told(seed)
  }
  return [...sums].map(([id, sum]) => ({ id, repetitions, ...sum }))
}

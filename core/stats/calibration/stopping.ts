import { engines, type EngineId } from '../engine/index.ts'
import { meanTest } from '../meanTest.ts'
import { pairsForT } from '../powerAb.ts'
import { meanVote, simulatedRuns, type CalibrationSize } from './runs.ts'
import { trueDelta, type Population } from './simulatedUsers.ts'

export interface StoppingTimes {
  /** Share of runs that decided before the users ran out. */
  readonly power: number
  /** Mean number of users at the decision, among the runs that decided; null without one. */
  readonly meanUsers: number | null
  /** Share of the decisions that named the wrong side. */
  readonly wrongSide: number | null
  /** Users that a t test with one look needs for power 0.8 on the same scores; null for Δ = 0. */
  readonly fixedUsers: number | null
}

/** When an anytime engine decides on a known preference, beside what one fixed look would need. */
export function stoppingTimes(
  population: Population,
  engineId: Exclude<EngineId, 'fixedUserT'>,
  size: CalibrationSize,
): StoppingTimes {
  const truth = trueDelta(population)
  let decided = 0
  let users = 0
  let wrong = 0
  const effects: number[] = []
  for (const run of simulatedRuns(population, size)) {
    const scores = run.map(meanVote)
    const engine = engines[engineId].create({ alpha: size.alpha, horizon: scores.length })
    for (const x of scores) {
      engine.add(x)
      const interval = engine.interval()
      if (interval === null || (interval.low <= 0.5 && interval.high >= 0.5)) continue
      decided++
      users += engine.n
      if (Math.sign(interval.low + interval.high - 1) !== Math.sign(truth)) wrong++
      break
    }
    const { sd } = meanTest(scores, 0.5, size.alpha)
    if (sd !== null && sd > 0) effects.push(Math.abs(truth) / sd)
  }
  const effect = effects.reduce((a, b) => a + b, 0) / effects.length
  return {
    power: decided / size.runs,
    meanUsers: decided === 0 ? null : users / decided,
    wrongSide: decided === 0 ? null : wrong / decided,
    fixedUsers: effect > 0 ? Math.ceil(pairsForT(effect, { alpha: size.alpha, power: 0.8 })) : null,
  }
}

import { streams } from '#core/random/philox'
import { engines, type EngineId } from '../engine/index.ts'
import type { EnginePlan, SequentialEngine } from '../engine/engine.ts'
import { sum } from '../meanTest.ts'
import {
  activityLaw,
  simulateUser,
  type Population,
  type SimulatedVotes,
} from './simulatedUsers.ts'

/** How long a calibration is, and from which seed. */
export interface CalibrationSize {
  readonly runs: number
  readonly alpha: number
  /** Integer; run r draws from the stream ('calibration', r). */
  readonly seed: number
}

/** Users of each run in closing order; those without a vote are left out, as in the analysis. */
export function* simulatedRuns(
  population: Population,
  { runs, seed }: CalibrationSize,
): Generator<readonly SimulatedVotes[]> {
  const law = activityLaw(population)
  const stream = streams(seed)
  for (let run = 0; run < runs; run++) {
    const rng = stream('calibration', run)
    const users = Array.from({ length: population.users }, () => simulateUser(population, law, rng))
    yield users.filter((votes) => votes.length > 0)
  }
}

/** A user's score. */
export const meanVote = (votes: SimulatedVotes): number => sum(votes) / votes.length

/** The engine after all scores, with its enrolment over. */
export function engineAfter(
  id: EngineId,
  scores: readonly number[],
  alpha: number,
): SequentialEngine {
  const plan: EnginePlan = { alpha, horizon: Math.max(2, scores.length) }
  const engine = engines[id].create(plan)
  for (const x of scores) engine.add(x)
  engine.finish()
  return engine
}

/** Whether the interval, intersected over all users so far, still holds the mean. */
export function holds(engine: SequentialEngine, mean: number): boolean {
  const interval = engine.interval()
  return interval === null || (interval.low <= mean && mean <= interval.high)
}

import { streams } from '#core/random/philox'
import { clusterRobust } from '../clusterRobust.ts'
import { clusteredBootstrap } from '../clusteredBootstrap.ts'
import type { EngineId } from '../engine/index.ts'
import type { Interval } from '../interval.ts'
import { sum } from '../meanTest.ts'
import { engineAfter, holds, meanVote, simulatedRuns, type CalibrationSize } from './runs.ts'
import { trueDelta, type Population } from './simulatedUsers.ts'

/**
 * Share of runs in which an engine's interval holds the true mean score at every look, a look after
 * every user for the sequences. The beta-binomial engine is left out: it is about the share of
 * users who prefer A, not about the mean score.
 *
 * @param population one with a Beta taste, whose Δ is known
 */
export function engineCoverage(
  engineId: Exclude<EngineId, 'betaBinomial'>,
  population: Population,
  size: CalibrationSize,
): number {
  const mean = 0.5 + trueDelta(population)
  let held = 0
  for (const users of simulatedRuns(population, size)) {
    if (holds(engineAfter(engineId, users.map(meanVote), size.alpha), mean)) held++
  }
  return held / size.runs
}

/**
 * Shares of runs in which the user-clustered intervals of Δ_imp hold the truth. Tastes do not depend
 * on activity in these populations, so that Δ_imp and Δ_user have one true value.
 *
 * @param replicates bootstrap resamples per run
 */
export function clusteredCoverage(
  population: Population,
  size: CalibrationSize,
  replicates: number,
): Readonly<Record<'clusterRobust' | 'percentile' | 'bca', number>> {
  const truth = trueDelta(population)
  const stream = streams(size.seed)
  const inside = (interval: Interval | null | undefined): number =>
    interval && interval.low <= truth && truth <= interval.high ? 1 : 0
  const held = { clusterRobust: 0, percentile: 0, bca: 0 }
  let run = 0
  for (const users of simulatedRuns(population, size)) {
    const clusters = users.map((votes) => ({ votes: votes.length, voteSum: sum(votes) }))
    const squares = users.flat().reduce((total, x) => total + x * x, 0)
    const ratios = clusters.map(({ votes, voteSum }) => ({
      numerator: 2 * voteSum - votes,
      denominator: 2 * votes,
    }))
    const rng = stream('bootstrap', run++)
    const bootstrap = clusteredBootstrap(ratios, replicates, size.alpha, rng)
    held.clusterRobust += inside(clusterRobust(clusters, squares, size.alpha).interval)
    held.percentile += inside(bootstrap?.percentile)
    held.bca += inside(bootstrap?.bca?.interval)
  }
  return {
    clusterRobust: held.clusterRobust / size.runs,
    percentile: held.percentile / size.runs,
    bca: held.bca / size.runs,
  }
}

import type { ExperimentSpec } from '#core/experimentSpec'
import { interleavers } from '#core/interleaver/index'
import type { EngineId } from '#core/stats/engine/index'
import { unitInterval, type Interval } from '#core/stats/interval'

/** What one impression adds to a user's mean, and how the mean becomes Δ. */
export interface Measure {
  readonly kind: 'vote' | 'score'
  /** The mean under “no preference”; Δ = mean − centre. */
  readonly centre: number
  readonly range: Interval
  /** M, for the betting engine on scores; null where none is needed or locked. */
  readonly bound: number | null
  /** The engines that can average it, in the order of the registry. */
  readonly engines: readonly EngineId[]
}

/** Of every method that votes. */
export const ofVotes: Measure = {
  kind: 'vote',
  centre: 0.5,
  range: unitInterval,
  bound: null,
  engines: ['betting', 'betaBinomial', 'asymptotic', 'fixedUserT'],
}

const everything: Interval = { low: -Infinity, high: Infinity }

/**
 * Votes lie in [0, 1]. Scores have no bound: their mean is left to the central limit, or to betting
 * under a bound that was locked before launch (statistics.md §4.6).
 */
export function measureOf({
  design,
  interleaver,
  analysis,
}: Pick<ExperimentSpec, 'interleaver' | 'analysis'> & { readonly design: string }): Measure {
  if (design === 'split' || interleavers[interleaver.kind].measure === 'vote') return ofVotes
  const bound = analysis.scoreBound > 0 ? analysis.scoreBound : null
  const engines: EngineId[] = ['asymptotic', 'fixedUserT']
  if (bound !== null) engines.unshift('betting')
  return { kind: 'score', centre: 0, range: everything, bound, engines }
}

import { ExperimentSpec, type ExperimentSpecInput } from '#core/experimentSpec'
import type { Expectation } from './expectation.ts'

/**
 * A question that readers of the DRN paper ask, as runs that differ in one thing and share seed, users
 * and click coins. What one should see stands beside the runs, so that `npm run study:questions` can
 * check it, and in the page's words, by the question's name.
 */
export interface Question {
  readonly seed: number
  readonly runs: readonly ExperimentSpec[]
  readonly expected: readonly Expectation[]
}

/** @param runs what each run has of its own; its name is how it is called beside the others */
export function question(
  common: Omit<ExperimentSpecInput, 'name'>,
  runs: readonly Partial<ExperimentSpecInput>[],
  expected: readonly Expectation[],
): Question {
  return {
    seed: 1,
    runs: runs.map((own) => ExperimentSpec.parse({ name: 'run', ...common, ...own })),
    expected,
  }
}

/** A learner that trains within seconds and does not outrun its few clicks. */
export const quick = {
  kind: 'drn',
  hidden: 32,
  batch: 128,
  learningRate: 0.0003,
  replayImpressions: 12_000,
  gamma: 0,
  pretrainSteps: 1000,
  majorEveryDuels: 1,
  majorSteps: 10,
} as const

/** The same without major updates: only duels move the weights. */
export const minorOnly = { ...quick, majorEveryDuels: 0 } as const

/** Random lists get a click in ten slots, so that some thousand lists and five seeds tell runs apart. */
export const dense = { targetCtr: 0.1 } as const

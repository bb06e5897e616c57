import { ExperimentSpec, type ExperimentSpecInput } from '#core/experimentSpec'

/**
 * A question that readers of the DRN paper ask, as runs that differ in one thing and share seed, users
 * and click coins. What one should see stands in the page's words, by the question's name.
 */
export interface Question {
  readonly seed: number
  readonly runs: readonly ExperimentSpec[]
}

/** @param runs what each run has of its own; its name is how it is called beside the others */
export function question(
  common: Omit<ExperimentSpecInput, 'name'>,
  runs: readonly Partial<ExperimentSpecInput>[],
): Question {
  return {
    seed: 1,
    runs: runs.map((own) => ExperimentSpec.parse({ name: 'run', ...common, ...own })),
  }
}

/** A learner that trains within seconds. */
export const quick = {
  kind: 'drn',
  hidden: 32,
  batch: 64,
  pretrainSteps: 300,
  majorEveryDuels: 4,
} as const

/** The same without major updates: only duels move the weights. */
export const minorOnly = { ...quick, majorEveryDuels: 0 } as const

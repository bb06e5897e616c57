import { z } from 'zod'
import type { SpecIssue } from '#core/contract/specs'
import { ExperimentSpec } from '#core/experimentSpec'
import type { PeekReport } from '#core/peekLab/peekReport'
import { checkSpec } from '#core/specCheck/checkSpec'
import { checkBy } from './checkStudy.ts'
import { deferred, type Study } from './study.ts'

/** A Peek Lab: this design's votes, drawn again and again with a known truth. */
export const CalibrationSpec = z.strictObject({
  experiment: ExperimentSpec,
  repetitions: z
    .int()
    .min(1)
    .max(100_000)
    .default(1000)
    .describe('how often the design is repeated, each time as A/A and as A/B'),
  effect: z
    .number()
    .min(-0.5)
    .max(0.5)
    .default(0.05)
    .describe('Δ, the preference of the A/B repetitions'),
})
export type CalibrationSpec = z.output<typeof CalibrationSpec>

export const calibration: Study<CalibrationSpec, PeekReport> = {
  spec: CalibrationSpec,
  check(raw) {
    const fields = typeof raw === 'object' && raw !== null ? raw : {}
    const inner = checkSpec('experiment' in fields ? fields.experiment : undefined)
    if (inner.spec) return checkBy(CalibrationSpec, { ...fields, experiment: inner.spec })
    return { spec: null, issues: inner.issues.map(within) }
  },
  name: ({ experiment }) => experiment.name,
  total: ({ repetitions }) => repetitions,
  dataset: ({ experiment: { environment } }) =>
    'dataset' in environment
      ? {
          path: 'experiment.environment.dataset',
          kind: environment.kind,
          name: environment.dataset,
        }
      : null,
  rankers: ({ experiment }) => experiment.rankers,
  run: deferred(async () => (await import('#core/peekLab/runPeekLab')).runPeekLab),
}

/** The issue of an experiment as one of a spec that holds it. */
function within(issue: SpecIssue): SpecIssue {
  const path = issue.path === 'spec' ? 'experiment' : `experiment.${issue.path}`
  return { ...issue, path, message: issue.message.replace(issue.path, path) }
}

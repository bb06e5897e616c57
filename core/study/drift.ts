import type { DriftReport } from '#core/driftBench/driftStudy'
import { DriftStudySpec } from '#core/driftBench/driftStudySpec'
import { deferred, type Study } from './study.ts'

/** The drift bench (drn.md §10): what learners do in a small world whose taste moves. */
export const drift: Study<DriftStudySpec, DriftReport> = {
  spec: DriftStudySpec,
  name: ({ claims }) => `drift bench: ${claims.join(', ')}`,
  total: ({ seeds }) => seeds,
  dataset: () => null,
  run: deferred(async () => (await import('#core/driftBench/driftStudy')).runDriftStudy),
}

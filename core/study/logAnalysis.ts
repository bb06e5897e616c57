import { z } from 'zod'
import { LogPlan } from '#core/logAnalysis/logPlan'
import type { LogReport } from '#core/logAnalysis/logReport'
import { deferred, type Study } from './study.ts'

/** A production interleaving log, and how it is read. */
const LogAnalysisSpec = z.strictObject({
  dataset: z.string().min(1).max(200).describe('name of an imported interleaving log'),
  plan: LogPlan.prefault({}),
})

export const logAnalysis: Study<z.output<typeof LogAnalysisSpec>, LogReport> = {
  spec: LogAnalysisSpec,
  name: ({ plan }) => plan.name,
  total: () => 1,
  dataset: ({ dataset }) => ({ path: 'dataset', kind: 'interleaving', name: dataset }),
  run: deferred(async () => (await import('#core/logAnalysis/runLogAnalysis')).runLogAnalysis),
}

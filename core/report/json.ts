import { pointMetrics } from '../run/point.ts'
import type { ReportDocument } from './document.ts'
import { readPoints } from './points.ts'
import type { ReportInput } from './reportInput.ts'

/** Raised when a reader of the old form would misread the new one. */
const schemaVersion = 1

/**
 * Everything a program wants: full precision, keys in order, `null` instead of NaN with the reason
 * beside it. Paths of this machine are left out.
 */
export function jsonReport(report: ReportDocument, input: ReportInput): string {
  const { run, appVersion } = input
  const points = readPoints(input.points)
  const value = {
    schema: 'duelist-report',
    schemaVersion,
    appVersion,
    language: report.language,
    report: report.shortHash,
    run: {
      id: run.id,
      experiment: run.experiment,
      parent: run.parent,
      name: run.name,
      state: run.state,
      reason: run.reason,
      done: run.done,
      total: run.total,
      createdAt: run.createdAt,
      finishedAt: run.finishedAt,
    },
    reproduce: {
      commandLine: run.commandLine,
      seed: run.seed,
      spec: run.spec,
      specHash: run.specHash,
      digest: run.summary?.digest ?? null,
      engineVersion: run.summary?.engineVersion ?? null,
      backend: run.backend,
      dataset: run.dataset && { ...run.dataset, path: undefined },
    },
    verdict: report.verdict,
    notes: report.notes,
    summary: run.summary,
    points: {
      nullReason: 'not estimable at this point',
      columns: Object.fromEntries(
        pointMetrics.map((metric) => [metric, Array.from(points.column(metric))]),
      ),
    },
    updates: {
      nullReason: 'only a major update has a loss',
      events: input.updates,
    },
  }
  return `${JSON.stringify(plain(value), null, 1)}\n`
}

/** Sorted keys, numbers that JSON can hold, nothing undefined. */
function plain(value: unknown): unknown {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null
  if (typeof value === 'string') return value.toWellFormed()
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value)
    .filter(([, field]) => field !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, field]) => [key, plain(field)] as const)
  return Object.fromEntries(entries)
}

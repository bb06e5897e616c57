import { pointMetrics } from '../run/point.ts'
import type { PrintedDocument } from './document.ts'
import { readPoints } from './points.ts'
import type { ReportWork, RunData, SourceData } from './reportInput.ts'
import { sourceDocument } from './sourceDocument.ts'

/** Raised when a reader of the old form would misread the new one. */
const schemaVersion = 1

/**
 * Everything a program wants: full precision, keys in order, `null` instead of NaN with the reason
 * beside it. Paths of this machine are left out, and where a source lies in a workspace.
 */
export function jsonReport(report: PrintedDocument, work: ReportWork): string {
  const { content, appVersion, language } = work
  const value = {
    schema: 'duelist-report',
    schemaVersion,
    appVersion,
    language,
    report: report.shortHash,
    title: content.title,
    paper: content.paper,
    blocks: content.blocks,
    sources: content.sources.flatMap(({ key }) => {
      const source = work.sources[key]
      if (!source) return []
      const { verdict, notes } = sourceDocument(source, work)
      return [{ key, kind: source.kind, verdict, notes, ...numbersOf(source) }]
    }),
  }
  return `${JSON.stringify(plain(value), null, 1)}\n`
}

function numbersOf(source: SourceData): object {
  if (source.kind === 'run') return runNumbers(source)
  const { id, kind, name, seed, spec, state, createdAt, finishedAt } = source.study
  const { commandLine, digest, engineVersion, backend, dataset, report } = source.study
  return {
    study: { id, kind, name, state, createdAt, finishedAt },
    reproduce: {
      commandLine,
      seed,
      spec,
      digest,
      engineVersion,
      backend,
      dataset: dataset && { ...dataset, path: undefined },
    },
    report,
  }
}

function runNumbers({ run, points: stored, updates, segments }: RunData): object {
  const points = readPoints(stored)
  return {
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
    summary: run.summary,
    ...(segments ? { segments } : {}),
    points: {
      nullReason: 'not estimable at this point',
      columns: Object.fromEntries(
        pointMetrics.map((metric) => [metric, Array.from(points.column(metric))]),
      ),
    },
    updates: {
      nullReason:
        'only a major update has a loss, and only that of a learner that draws its lists an entropy',
      events: updates,
    },
  }
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

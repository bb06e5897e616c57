import type { ReportQuote } from '#core/contract/reports'
import type { DatasetMeta } from '#core/dataset/datasetMeta'
import type { ReportSource } from '#core/report/reportContent'
import type { QuotedSource } from '#db/reports'
import type { StoredRun } from '#db/runs'
import type { Store } from '#db/store'
import type { StoredStudy } from '#db/studies'

/** Differs whenever a report of the run would: it was resumed, it failed, or it went on. */
export const runFingerprint = (run: StoredRun): string =>
  [run.specHash, run.seed, run.state, run.reason ?? '', run.done, run.summary?.digest ?? ''].join()

export const studyFingerprint = (study: StoredStudy): string =>
  [
    study.kind,
    study.seed,
    study.state,
    study.reason ?? '',
    study.done,
    study.finishedAt ?? '',
  ].join()

/** Whether what a report has quoted is still what its source says. */
export function quoteOf(
  store: Store,
  source: ReportSource,
  quoted: QuotedSource | undefined,
): ReportQuote {
  const found = foundSource(store, source)
  const now = found?.fingerprint ?? null
  return {
    ...source,
    name: quoted?.name ?? '',
    takenAt: quoted?.takenAt ?? '',
    state: now === null ? 'gone' : now === quoted?.fingerprint ? 'fresh' : 'stale',
    dataChanged: found && dataChanged(store, found.dataset),
  }
}

/** Null when the workspace does not have the source. */
function foundSource(
  store: Store,
  { kind, id }: ReportSource,
): { readonly fingerprint: string; readonly dataset: DatasetMeta | null } | null {
  if (id === null) return null
  if (kind === 'run') {
    const run = store.runs.get(id)
    return run ? { fingerprint: runFingerprint(run), dataset: run.dataset } : null
  }
  const study = store.studies.get(id)
  return study ? { fingerprint: studyFingerprint(study), dataset: study.dataset } : null
}

function dataChanged(store: Store, dataset: DatasetMeta | null): ReportQuote['dataChanged'] {
  if (!dataset) return null
  const { name, hash: before } = dataset
  const after = store.datasets.get(name)?.hash ?? null
  return after === before ? null : { name, before, after }
}

import type { RunDetail } from '#core/contract/runs'
import type { RunData } from '#core/report/reportInput'
import type { StoredRun } from '#db/runs'
import type { Store } from '#db/store'
import { rerunCommand } from './rerunCommand.ts'

/** All that a report of a run is made from. */
export function runDataOf(stored: StoredRun, store: Store): RunData {
  const { lastStep, rows } = store.points(stored.id, -1, Number.MAX_SAFE_INTEGER)
  return {
    run: runDetail(stored),
    points: rows,
    updates: store.updates(stored.id, -1, lastStep),
    segments: store.segments.get(stored.id),
  }
}

/** What a page is told of a run. */
export function runDetail(stored: StoredRun): RunDetail {
  const { id, experiment, parent, name, seed, state, reason, done, total, summary } = stored
  const { createdAt, finishedAt, spec, specHash, backend, dataset, tags, archived, pinned } = stored
  const row = { id, experiment, parent, name, seed, state, reason, done, total, summary }
  const commandLine = rerunCommand(spec, seed)
  const marks = { tags, archived, pinned }
  return { ...row, ...marks, createdAt, finishedAt, spec, specHash, backend, dataset, commandLine }
}

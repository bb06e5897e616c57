import type { RunId } from '#core/contract/ids'
import type { RunEvent } from '#core/jobContract'
import type { StoredRun } from '#db/runs'
import { ActiveRun } from './activeRun.ts'
import type { JobQueueOptions } from './jobQueue.ts'
import { Lane, type LaneKind } from './lane.ts'
import { modelsOf } from './modelsOf.ts'
import { requireSameEngine } from './sameEngine.ts'

/**
 * Runs: as many as the settings allow at the same time. Each batch is stored in one transaction and
 * then announced.
 */
export function runLane(options: JobQueueOptions): Lane<ActiveRun> {
  const { store, events, clock, folder, checkpointEvery, pool, now } = options
  const announce = (id: RunId) => {
    events.run.emit(id)
    events.status.emit(undefined)
  }
  const kind: LaneKind<ActiveRun> = {
    noun: 'run',
    limit: () => store.settings.get().concurrency,
    stateOf: (id) => store.runs.row(id)?.state,
    setState: (...to) => store.runs.setState(...to),
    open: (id, worker) => new ActiveRun(id, worker, clock),
    async compute(run) {
      const { id } = run
      const checkpoint = store.rewind(id)
      const stored = store.runs.get(id)
      if (!stored) throw new Error(`run ${id} is not in the workspace`)
      const { spec, seed, dataset } = stored
      const file = dataset && folder.file(dataset.name, dataset.hash)
      const models = modelsOf(spec.rankers, store.models)
      const job = { spec, seed, dataset: file, models, checkpoint, checkpointEvery }
      return run.drive(job, (event) => {
        save(stored, event)
        announce(id)
      })
    },
    place(id) {
      const row = store.runs.get(id)
      if (!row) return ''
      if (row.step < 0) return 'before its first batch'
      return `after batch ${row.step} (${row.done} of ${row.total} impressions)`
    },
    checkpoint: (id) => store.latestCheckpoint(id)?.step ?? -1,
    announce,
  }

  function save(run: StoredRun, event: RunEvent): void {
    switch (event.type) {
      case 'started':
        if (run.step >= 0) requireSameEngine('run', run, event)
        store.runs.setBackend(run.id, event.backend, event.engineVersion)
        break
      case 'progress':
        break
      case 'batch':
        store.append(run.id, event.batch, event.summary, event.checkpoint)
        break
      case 'paused':
        if (event.checkpoint) store.saveCheckpoint(run.id, event.checkpoint)
        if (event.summary) store.summarise(run.id, event.summary)
        break
      case 'finished':
        store.summarise(run.id, event.summary)
        break
    }
  }

  return new Lane(kind, { pool, clock, now, audit: store.audit })
}

import type { StudyId } from '#core/contract/ids'
import type { StudyEvent } from '#core/jobContract'
import { studyOf } from '#core/study/index'
import type { NewModel } from '#db/models'
import type { StoredStudy } from '#db/studies'
import { ActiveJob } from './activeJob.ts'
import type { JobQueueOptions } from './jobQueue.ts'
import { Lane, type LaneKind } from './lane.ts'
import { modelsOf } from './modelsOf.ts'
import { requireSameEngine } from './sameEngine.ts'

/** A study that is being computed, and where it is. */
export interface ActiveStudy {
  readonly id: StudyId
  readonly job: ActiveJob
  /** What it does before its first point or between two; null while it makes points. */
  stage: string | null
  share: number // of the stage, 0 … 1
}

type Finished = Extract<StudyEvent, { type: 'finished' }>

/**
 * Studies: one at a time, beside the runs. A report is stored with the checkpoint that goes on from
 * it, and then announced.
 */
export function studyLane(options: JobQueueOptions): Lane<ActiveStudy> {
  const { store, events, clock, folder, checkpointEvery, pool, now } = options
  const { studies } = store
  const kind: LaneKind<ActiveStudy> = {
    noun: 'study',
    limit: () => 1,
    stateOf: (id) => studies.progress(id)?.state,
    setState: (...to) => studies.setState(...to),
    open: (id, worker) => ({
      id,
      job: new ActiveJob(worker, clock),
      stage: 'preparing',
      share: 0,
    }),
    async compute(active) {
      const { id, job } = active
      const stored = studies.get(id)
      if (!stored) throw new Error(`study ${id} is not in the workspace`)
      const { kind, spec, seed, dataset } = stored
      const checkpoint = studies.checkpoint(id)
      const file = dataset && folder.file(dataset.name, dataset.hash)
      const rankers = studyOf(kind).rankers?.(spec) ?? []
      const models = modelsOf(rankers, store.models)
      const input = { kind, spec, seed, dataset: file, models, checkpoint, checkpointEvery }
      return job.drive(
        (stream) => job.worker.client.stream('job.study', input, stream),
        (event) => {
          save(stored, checkpoint !== null, event)
          active.stage = event.type === 'progress' ? event.stage : null
          active.share = event.type === 'progress' ? event.share : 0
          events.study.emit(id)
          events.status.emit(undefined)
        },
      )
    },
    place(id) {
      const row = studies.progress(id)
      return row && row.done > 0 ? `after ${row.done} of ${row.total} points` : ''
    },
    checkpoint: (id) => studies.progress(id)?.done ?? 0,
    announce(id) {
      events.study.emit(id)
      events.studies.emit(undefined)
      events.status.emit(undefined)
    },
  }

  function modelsLeft(stored: StoredStudy, { report, models }: Finished): readonly NewModel[] {
    const { id, kind, name, seed, spec, dataset } = stored
    const engineVersion = studies.get(id)?.engineVersion ?? null // known since it has started
    const origin = { study: id, studyKind: kind, seed, spec, dataset: dataset?.hash ?? null }
    const provenance = { ...origin, engineVersion }
    const metrics = studyOf(kind).metrics?.(report) ?? {}
    const at = new Date(now()).toISOString()
    return models.map((model) => ({ name, model, provenance, metrics, at }))
  }

  function save(stored: StoredStudy, hasBegun: boolean, event: StudyEvent): void {
    const { id } = stored
    switch (event.type) {
      case 'started':
        if (hasBegun) requireSameEngine('study', stored, event)
        studies.setBackend(id, event.backend, event.engineVersion)
        break
      case 'progress':
        break
      case 'point':
        studies.save(id, event)
        break
      case 'paused':
        if (event.checkpoint !== null) studies.saveCheckpoint(id, event.checkpoint)
        break
      case 'finished':
        store.finishStudy(id, event.report, modelsLeft(stored, event))
        break
    }
  }

  return new Lane(kind, { pool, clock, now, audit: store.audit })
}

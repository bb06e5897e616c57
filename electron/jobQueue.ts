import { rm } from 'node:fs/promises'
import type { AppStatus, JobRow } from '#core/contract/app'
import type { StudyId } from '#core/contract/ids'
import type { ReportFile } from '#core/contract/reports'
import type {
  AskJob,
  ImportEvent,
  ImportJob,
  InspectJob,
  Inspection,
  SaveJob,
} from '#core/jobContract'
import type { SavedModel } from '#core/model/savedModel'
import type { ReportContent } from '#core/report/reportContent'
import type { ReportInput } from '#core/report/reportInput'
import type { ReportPart } from '#core/report/reportParts'
import type { DraftJob, StoredReportJob } from '#core/report/storedReport'
import { cancelSource, type Cancel } from '#core/rpc/cancel'
import type { Clock } from '#core/rpc/clock'
import { RpcError } from '#core/rpc/rpcError'
import type { UserNow } from '#core/run/userNow'
import type { Store } from '#db/store'
import type { ActiveRun } from './activeRun.ts'
import type { DatasetFolder } from './datasetFolder.ts'
import type { HostEvents } from './hostEvents.ts'
import type { Lane } from './lane.ts'
import { runLane } from './runLane.ts'
import { studyLane, type ActiveStudy } from './studyLane.ts'
import type { Worker, WorkerPool } from './worker/workerPool.ts'

export interface JobQueueOptions {
  readonly store: Store
  readonly pool: WorkerPool
  readonly events: HostEvents
  readonly clock: Clock
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** Milliseconds between two checkpoints of a run. */
  readonly checkpointEvery: number
  readonly folder: DatasetFolder
}

/** Everything that is computed: runs and studies in lanes, imports and reports at once. */
export class JobQueue {
  readonly runs: Lane<ActiveRun>
  readonly studies: Lane<ActiveStudy>
  readonly #options: JobQueueOptions
  readonly #imports = new Map<string, { readonly row: JobRow; readonly abort: () => void }>()
  #lastImport = 0

  constructor(options: JobQueueOptions) {
    this.#options = options
    this.runs = runLane(options)
    this.studies = studyLane(options)
  }

  status(): AppStatus {
    const runs = this.runs.active.map((run) => this.#runRow(run))
    const studies = this.studies.active.flatMap(({ id }) => this.#studyRow(id))
    return {
      running: runs.length,
      queued: this.runs.queued,
      memoryMegabytes: Math.round(process.memoryUsage.rss() / 1e6),
      workers: this.#options.pool.size,
      databaseMegabytes: Math.round(this.#options.store.bytes() / 1e5) / 10,
      storage: this.runs.fault ?? this.studies.fault,
      jobs: [...runs, ...[...this.#imports.values()].map(({ row }) => row), ...studies],
    }
  }

  #runRow({ id, stage, perSecond, memory }: ActiveRun): JobRow {
    const row = this.#options.store.runs.row(id)
    const served = row && row.total > 0 ? row.done / row.total : 0
    return {
      id: `run-${id}`,
      kind: 'run',
      label: row?.name ?? '',
      run: id,
      study: null,
      share: stage === 'serving' ? served : 0,
      perSecond,
      memory,
    }
  }

  #studyRow(id: StudyId): readonly JobRow[] {
    const row = this.#options.store.studies.progress(id)
    if (!row) return []
    const { kind, name, done, total } = row
    const study = { id, kind }
    const share = total > 0 ? done / total : 0
    const none = { run: null, perSecond: null, memory: null }
    return [{ id: `study-${id}`, kind: 'study', label: name, study, share, ...none }]
  }

  /** @throws RpcError `NOT_FOUND` when no such import is under way */
  cancelImport(id: string): void {
    const found = this.#imports.get(id)
    if (!found) throw new RpcError('NOT_FOUND', `no import ${id} is under way`)
    found.abort()
  }

  /** Imports on a job process of its own, at once: somebody is waiting for it. */
  async *importFile(job: ImportJob, asked: Cancel): AsyncGenerator<ImportEvent> {
    const { pool, events, clock } = this.#options
    const { cancel, abort } = cancelSource()
    const unlink = asked.onAbort(abort)
    const id = `import-${++this.#lastImport}`
    const row: JobRow = {
      id,
      kind: 'import',
      label: job.name,
      run: null,
      study: null,
      share: 0,
      perSecond: null,
      memory: null,
    }
    const begun = clock.now()
    const show = (share: number, rows = 0) => {
      const seconds = (clock.now() - begun) / 1000
      const perSecond = seconds > 1 && rows > 0 ? rows / seconds : null
      this.#imports.set(id, { row: { ...row, share, perSecond }, abort })
      events.status.emit(undefined)
    }
    show(0)
    const worker = pool.take()
    let endedWell = false
    try {
      for await (const batch of worker.client.stream('job.import', job, { signal: cancel })) {
        for (const event of batch) {
          if (event.type === 'progress') show(event.share, event.rows)
          yield event
        }
      }
      endedWell = true
      if (cancel.aborted && !asked.aborted) {
        throw new RpcError(
          'CANCELLED',
          `the import of ${job.file.name} was cancelled; nothing was kept`,
        )
      }
    } catch (error) {
      if (!(error instanceof RpcError) || error.code !== 'CLOSED') {
        endedWell = true // a refused file leaves the process as it was
        throw error
      }
      throw new RpcError(
        'CRASHED',
        `the process that imported ${job.file.name} ended; nothing was imported`,
      )
    } finally {
      unlink()
      this.#imports.delete(id)
      events.status.emit(undefined)
      if (endedWell) {
        void pool.giveBack(worker)
      } else {
        pool.discard(worker)
        await worker.handle.ended
        await rm(job.work, { recursive: true, force: true }) // as a killed process leaves it behind
      }
    }
  }

  /** Renders on a job process: a long run's report takes more than the host has time for. */
  render(input: ReportInput): Promise<ReportFile> {
    return this.#ask((worker) => worker.client.call('job.report', input))
  }

  /** Takes a network out of a checkpoint on a job process, as restoring a run takes a while. */
  saveNetwork(job: SaveJob): Promise<SavedModel> {
    return this.#ask((worker) => worker.client.call('job.save', job))
  }

  /** Asks what a user would be shown at a checkpoint. */
  askUser(job: AskJob): Promise<UserNow> {
    return this.#ask((worker) => worker.client.call('job.ask', job))
  }

  /** The same of a report that people wrote, from its snapshots. */
  renderStored(job: StoredReportJob): Promise<ReportFile> {
    return this.#ask((worker) => worker.client.call('job.storedReport', job))
  }

  reportParts(
    job: Pick<StoredReportJob, 'snapshots' | 'language' | 'appVersion'>,
  ): Promise<Record<string, readonly ReportPart[]>> {
    return this.#ask((worker) => worker.client.call('job.reportParts', job))
  }

  draftReport(job: DraftJob): Promise<ReportContent> {
    return this.#ask((worker) => worker.client.call('job.reportDraft', job))
  }

  /** Looks at a file on a job process, which it may bring down. */
  inspect(job: InspectJob): Promise<Inspection> {
    return this.#ask((worker) => worker.client.call('job.inspect', job))
  }

  async #ask<T>(question: (worker: Worker) => Promise<T>): Promise<T> {
    const { pool } = this.#options
    const worker = pool.take()
    try {
      const answer = await question(worker)
      void pool.giveBack(worker)
      return answer
    } catch (error) {
      // a refused question leaves the process as it was
      if (error instanceof RpcError && /^BAD_(FILE|INPUT)$/.test(error.code))
        void pool.giveBack(worker)
      else pool.discard(worker)
      throw error
    }
  }

  /** Pauses what is running and waits for it, at most two seconds. */
  async close(): Promise<void> {
    await Promise.all([this.runs.close(), this.studies.close()])
  }
}

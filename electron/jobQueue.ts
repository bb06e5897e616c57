import { rm } from 'node:fs/promises'
import type { AppStatus, JobRow, ReportFile, RunId, RunState } from '#core/contract'
import type { ImportEvent, ImportJob, InspectJob, Inspection, RunEvent } from '#core/jobContract'
import type { ReportInput } from '#core/report/reportInput'
import type { Cancel } from '#core/rpc/cancel'
import type { Clock } from '#core/rpc/clock'
import { RpcError } from '#core/rpc/rpcError'
import type { StoredRun } from '#db/runs'
import type { Store } from '#db/store'
import type { JobEnd } from './activeJob.ts'
import { ActiveRun } from './activeRun.ts'
import { CalibrationQueue } from './calibrationQueue.ts'
import type { DatasetFolder } from './datasetFolder.ts'
import type { HostEvents } from './hostEvents.ts'
import { requireSameEngine } from './sameEngine.ts'
import type { Worker, WorkerPool } from './worker/workerPool.ts'

/** How long a host that closes waits for the checkpoints of what is running. */
const CLOSE_MS = 2000

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

/** Where a run is, besides what is stored of it. */
export interface LiveRun {
  readonly stage: 'preparing' | 'pretraining' | 'serving'
  readonly perSecond: number | null
}

/**
 * Runs wait here in order, and as many as the settings allow are computed at the same time. Each
 * batch is stored in one transaction and then announced.
 */
export class JobQueue {
  readonly calibrations: CalibrationQueue
  readonly #options: JobQueueOptions
  readonly #waiting: RunId[] = []
  readonly #active = new Map<RunId, { readonly run: ActiveRun; readonly settled: Promise<void> }>()
  readonly #imports = new Map<string, JobRow>()
  #lastImport = 0
  #closing = false

  constructor(options: JobQueueOptions) {
    this.#options = options
    this.calibrations = new CalibrationQueue(options)
  }

  /** Puts a run at the end of the queue. It is stored as queued already. */
  add(id: RunId): void {
    this.#waiting.push(id)
    this.#options.events.run.emit(id)
    this.pump()
  }

  /** Starts what may start; to be called when the concurrency changes. */
  pump(): void {
    const { concurrency } = this.#options.store.settings.get()
    while (!this.#closing && this.#waiting.length > 0 && this.#active.size < concurrency) {
      this.#start(this.#waiting.shift()!)
    }
    this.#options.events.status.emit(undefined)
  }

  /** @throws RpcError `WRONG_STATE` unless the run is queued or running */
  pause(id: RunId): void {
    if (this.#unqueue(id)) this.#setState(id, 'paused', null)
    else this.#require(id, 'paused').job.pause()
  }

  /** @throws RpcError `WRONG_STATE` unless it can go on */
  resume(id: RunId): void {
    const { store } = this.#options
    const state = store.runs.row(id)?.state
    if (!state || !resumable.has(state) || this.#active.has(id)) throw wrongState(state, 'resumed')
    this.#setState(id, 'queued', null)
    this.add(id)
  }

  /** @throws RpcError `WRONG_STATE` if the run has ended already */
  cancel(id: RunId): void {
    const state = this.#options.store.runs.row(id)?.state
    const isWaiting = this.#unqueue(id) || state === 'paused' || state === 'interrupted'
    if (isWaiting) this.#setState(id, 'cancelled', null)
    else this.#require(id, 'stopped').job.cancel()
  }

  /** @throws RpcError `WRONG_STATE` unless the run is running */
  kill(id: RunId): void {
    this.#require(id, 'killed').job.kill()
  }

  isBusyWith(id: RunId): boolean {
    return this.#active.has(id) || this.#waiting.includes(id)
  }

  live(id: RunId): LiveRun | undefined {
    return this.#active.get(id)?.run
  }

  status(): AppStatus {
    const { store } = this.#options
    const runs = [...this.#active.values()].map(({ run }): JobRow => {
      const row = store.runs.row(run.id)
      const served = row && row.total > 0 ? row.done / row.total : 0
      return {
        id: `run-${run.id}`,
        kind: 'run',
        label: row?.name ?? '',
        run: run.id,
        share: run.stage === 'serving' ? served : 0,
        perSecond: run.perSecond,
      }
    })
    return {
      running: runs.length,
      queued: this.#waiting.length,
      memoryMegabytes: Math.round(process.memoryUsage.rss() / 1e6),
      jobs: [...runs, ...this.#imports.values(), ...this.calibrations.rows()],
    }
  }

  /** Imports on a job process of its own, at once: somebody is waiting for it. */
  async *importFile(job: ImportJob, cancel: Cancel): AsyncGenerator<ImportEvent> {
    const { pool, events } = this.#options
    const id = `import-${++this.#lastImport}`
    const row: JobRow = {
      id,
      kind: 'import',
      label: job.name,
      run: null,
      share: 0,
      perSecond: null,
    }
    const show = (share: number) => {
      this.#imports.set(id, { ...row, share })
      events.status.emit(undefined)
    }
    show(0)
    const worker = pool.take()
    let endedWell = false
    try {
      for await (const batch of worker.client.stream('job.import', job, { signal: cancel })) {
        for (const event of batch) {
          if (event.type === 'progress') show(event.share)
          yield event
        }
      }
      endedWell = true
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
      if (error instanceof RpcError && error.code === 'BAD_FILE') void pool.giveBack(worker)
      else pool.discard(worker)
      throw error
    }
  }

  /** Pauses what is running and waits for it, at most two seconds. */
  async close(): Promise<void> {
    this.#closing = true
    for (const id of this.#waiting.splice(0)) this.#setState(id, 'paused', null)
    const active = [...this.#active.values()]
    for (const { run } of active) run.job.pause()
    const late = this.#options.clock.later(CLOSE_MS, () => {
      for (const { run } of active) run.job.worker.handle.kill()
    })
    await Promise.all([...active.map(({ settled }) => settled), this.calibrations.close()])
    late()
  }

  #start(id: RunId): void {
    const { pool, clock } = this.#options
    const run = new ActiveRun(id, pool.take(), clock)
    // entered before the first step, so that a pause finds it
    const settled = Promise.resolve()
      .then(() => this.#execute(run))
      // the store itself has failed: the run is found as running when the workspace is opened again
      .catch((error: unknown) => console.error(`run ${id}:`, error))
    this.#active.set(id, { run, settled })
  }

  async #execute(run: ActiveRun): Promise<void> {
    const { store, pool } = this.#options
    const { id } = run
    const end = await this.#compute(run)
    this.#active.delete(id)
    if (end.kind === 'finished' || end.kind === 'paused' || end.kind === 'cancelled')
      void pool.giveBack(run.job.worker)
    else pool.discard(run.job.worker)
    const row = store.runs.get(id)
    const place = row ? `after batch ${row.step} (${row.done} of ${row.total} impressions)` : ''
    const { state, reason } = outcomeOf(end, place, this.#closing)
    this.#setState(id, state, reason)
    this.pump()
  }

  async #compute(run: ActiveRun): Promise<JobEnd> {
    const { store, events, checkpointEvery, folder } = this.#options
    const { id } = run
    try {
      const checkpoint = store.rewind(id)
      const stored = store.runs.get(id)
      if (!stored) throw new Error(`run ${id} is not in the workspace`)
      this.#setState(id, 'running', null)
      const { spec, seed, dataset } = stored
      const job = {
        spec,
        seed,
        dataset: dataset && folder.file(dataset.name, dataset.hash),
        checkpoint,
        checkpointEvery,
      }
      return await run.drive(job, (event) => {
        this.#save(stored, event)
        events.run.emit(id)
        events.status.emit(undefined)
      })
    } catch (error) {
      return { kind: 'failed', message: error instanceof Error ? error.message : String(error) }
    }
  }

  #save(run: StoredRun, event: RunEvent): void {
    const { store } = this.#options
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
        break
      case 'finished':
        store.finish(run.id, event.summary)
        break
    }
  }

  #setState(id: RunId, state: RunState, reason: string | null): void {
    const { store, events, now } = this.#options
    const at = new Date(now()).toISOString()
    const hasEnded = state === 'finished' || state === 'cancelled' || state === 'failed'
    store.runs.setState(id, state, reason, hasEnded ? at : null)
    store.audit.add({ at, action: `run.${state}`, subject: `run ${id}`, detail: reason ?? '' })
    events.run.emit(id)
  }

  #unqueue(id: RunId): boolean {
    const place = this.#waiting.indexOf(id)
    if (place >= 0) this.#waiting.splice(place, 1)
    return place >= 0
  }

  #require(id: RunId, wish: string): ActiveRun {
    const active = this.#active.get(id)
    if (active) return active.run
    throw wrongState(this.#options.store.runs.row(id)?.state, wish)
  }
}

const resumable: ReadonlySet<RunState> = new Set(['paused', 'interrupted', 'cancelled', 'failed'])

const wrongState = (state: RunState | undefined, wish: string): RpcError =>
  state === undefined
    ? new RpcError('NOT_FOUND', 'there is no such run')
    : new RpcError('WRONG_STATE', `a run that is ${state} can not be ${wish}`)

function outcomeOf(
  end: JobEnd,
  place: string,
  closing: boolean,
): { readonly state: RunState; readonly reason: string | null } {
  switch (end.kind) {
    case 'finished':
    case 'paused':
    case 'cancelled':
      return { state: end.kind, reason: null }
    case 'killed': {
      const cause = closing ? 'the program was closed' : 'the job process was killed on request'
      return { state: 'interrupted', reason: `${cause} ${place}` }
    }
    case 'crashed': {
      const cause = end.signal ? `signal ${end.signal}` : `code ${end.code ?? 'unknown'}`
      return { state: 'interrupted', reason: `the job process ended with ${cause} ${place}` }
    }
    case 'failed':
      return { state: 'failed', reason: end.message }
  }
}

import type { CalibrationId, JobRow, RunState } from '#core/contract'
import type { CalibrateEvent } from '#core/jobContract'
import { RpcError } from '#core/rpc/rpcError'
import type { StoredCalibration } from '#db/calibrations'
import { ActiveJob, type JobEnd } from './activeJob.ts'
import type { JobQueueOptions } from './jobQueue.ts'
import { requireSameEngine } from './sameEngine.ts'

/** How long a host that closes waits for the checkpoint of what is running. */
const CLOSE_MS = 2000

interface Active {
  readonly id: CalibrationId
  readonly job: ActiveJob
  stage: 'pilot' | 'repetitions'
  pilotShare: number
}

/**
 * Calibrations wait here in order and are computed one at a time, beside the runs. A report is
 * stored with the checkpoint that goes on from it, and then announced.
 */
export class CalibrationQueue {
  readonly #options: JobQueueOptions
  readonly #waiting: CalibrationId[] = []
  #active: Active | null = null
  #settled: Promise<void> = Promise.resolve()
  #closing = false

  constructor(options: JobQueueOptions) {
    this.#options = options
  }

  /** Puts a calibration at the end of the queue. It is stored as queued already. */
  add(id: CalibrationId): void {
    this.#waiting.push(id)
    this.#announce(id)
    this.#next()
  }

  /** @throws RpcError `WRONG_STATE` unless it is queued or running */
  pause(id: CalibrationId): void {
    if (this.#unqueue(id)) this.#setState(id, 'paused', null)
    else this.#require(id, 'paused').job.pause()
  }

  /** @throws RpcError `WRONG_STATE` unless it can go on */
  resume(id: CalibrationId): void {
    const state = this.#options.store.calibrations.get(id)?.state
    const isOver = state !== undefined && resumable.has(state) && !this.isBusyWith(id)
    if (!isOver) throw wrongState(state, 'resumed')
    this.#setState(id, 'queued', null)
    this.add(id)
  }

  /** @throws RpcError `WRONG_STATE` if it has ended already */
  cancel(id: CalibrationId): void {
    const state = this.#options.store.calibrations.get(id)?.state
    const isWaiting = this.#unqueue(id) || state === 'paused' || state === 'interrupted'
    if (isWaiting) this.#setState(id, 'cancelled', null)
    else this.#require(id, 'stopped').job.cancel()
  }

  isBusyWith(id: CalibrationId): boolean {
    return this.#active?.id === id || this.#waiting.includes(id)
  }

  /** Where a calibration is that is being computed. */
  live(id: CalibrationId): Pick<Active, 'stage' | 'pilotShare'> | null {
    return this.#active?.id === id ? this.#active : null
  }

  rows(): readonly JobRow[] {
    const row = this.#active && this.#options.store.calibrations.get(this.#active.id)
    if (!row || !this.#active) return []
    const share = row.done / row.total
    return [
      {
        id: `calibration-${row.id}`,
        kind: 'calibration',
        label: row.name,
        run: null,
        share,
        perSecond: null,
      },
    ]
  }

  /** Pauses what is running and waits for it, at most two seconds. */
  async close(): Promise<void> {
    this.#closing = true
    for (const id of this.#waiting.splice(0)) this.#setState(id, 'paused', null)
    const { job } = this.#active ?? {}
    job?.pause()
    const late = this.#options.clock.later(CLOSE_MS, () => job?.worker.handle.kill())
    await this.#settled
    late()
  }

  #next(): void {
    const id = this.#active || this.#closing ? undefined : this.#waiting.shift()
    if (id === undefined) return
    const { pool, clock } = this.#options
    const active: Active = {
      id,
      job: new ActiveJob(pool.take(), clock),
      stage: 'pilot',
      pilotShare: 0,
    }
    this.#active = active
    this.#settled = Promise.resolve()
      .then(() => this.#execute(active))
      // the store itself has failed: it is found as running when the workspace is opened again
      .catch((error: unknown) => console.error(`calibration ${id}:`, error))
  }

  async #execute(active: Active): Promise<void> {
    const { pool } = this.#options
    const { id, job } = active
    const end = await this.#compute(active)
    this.#active = null
    const isReusable = end.kind === 'finished' || end.kind === 'paused' || end.kind === 'cancelled'
    if (isReusable) void pool.giveBack(job.worker)
    else pool.discard(job.worker)
    const { state, reason } = outcomeOf(end, this.#closing)
    this.#setState(id, state, reason)
    this.#next()
  }

  async #compute(active: Active): Promise<JobEnd> {
    const { store, checkpointEvery, folder, events } = this.#options
    const { id, job } = active
    try {
      const stored = store.calibrations.get(id)
      if (!stored) throw new Error(`calibration ${id} is not in the workspace`)
      this.#setState(id, 'running', null)
      const { spec, seed, total: repetitions, effect, dataset } = stored
      const checkpoint = store.calibrations.checkpoint(id)
      const input = {
        spec,
        seed,
        repetitions,
        effect,
        dataset: dataset && folder.file(dataset.name, dataset.hash),
        checkpoint,
        checkpointEvery,
      }
      return await job.drive(
        (options) => job.worker.client.stream('job.calibrate', input, options),
        (event) => {
          this.#save(stored, event)
          if (event.type === 'pilot') active.pilotShare = event.share
          if (event.type === 'repetitions') active.stage = 'repetitions'
          events.calibration.emit(id)
          events.status.emit(undefined)
        },
      )
    } catch (error) {
      return { kind: 'failed', message: error instanceof Error ? error.message : String(error) }
    }
  }

  #save(stored: StoredCalibration, event: CalibrateEvent): void {
    const { calibrations } = this.#options.store
    const { id } = stored
    switch (event.type) {
      case 'started': {
        const hasBegun = calibrations.checkpoint(id) !== null
        if (hasBegun) requireSameEngine('calibration', stored, event)
        calibrations.setBackend(id, event.backend, event.engineVersion)
        break
      }
      case 'pilot':
        break
      case 'repetitions':
        calibrations.save(id, event.done, event.report, event.checkpoint)
        break
      case 'paused':
        if (event.checkpoint) calibrations.saveCheckpoint(id, event.checkpoint)
        break
      case 'finished':
        calibrations.finish(id, event.report)
        break
    }
  }

  #setState(id: CalibrationId, state: RunState, reason: string | null): void {
    const { store, now } = this.#options
    const at = new Date(now()).toISOString()
    const hasEnded = state === 'finished' || state === 'cancelled' || state === 'failed'
    store.calibrations.setState(id, state, reason, hasEnded ? at : null)
    const subject = `calibration ${id}`
    store.audit.add({ at, action: `calibration.${state}`, subject, detail: reason ?? '' })
    this.#announce(id)
  }

  #announce(id: CalibrationId): void {
    this.#options.events.calibration.emit(id)
    this.#options.events.calibrations.emit(undefined)
    this.#options.events.status.emit(undefined)
  }

  #unqueue(id: CalibrationId): boolean {
    const place = this.#waiting.indexOf(id)
    if (place >= 0) this.#waiting.splice(place, 1)
    return place >= 0
  }

  #require(id: CalibrationId, wish: string): Active {
    if (this.#active?.id === id) return this.#active
    throw wrongState(this.#options.store.calibrations.get(id)?.state, wish)
  }
}

const resumable: ReadonlySet<RunState> = new Set(['paused', 'interrupted', 'cancelled', 'failed'])

const wrongState = (state: RunState | undefined, wish: string): RpcError =>
  state === undefined
    ? new RpcError('NOT_FOUND', 'there is no such calibration')
    : new RpcError('WRONG_STATE', `a calibration that is ${state} can not be ${wish}`)

function outcomeOf(
  end: JobEnd,
  closing: boolean,
): { readonly state: RunState; readonly reason: string | null } {
  switch (end.kind) {
    case 'finished':
    case 'paused':
    case 'cancelled':
      return { state: end.kind, reason: null }
    case 'killed':
      return {
        state: 'interrupted',
        reason: closing ? 'the program was closed' : 'the job process was killed',
      }
    case 'crashed': {
      const cause = end.signal ? `signal ${end.signal}` : `code ${end.code ?? 'unknown'}`
      return { state: 'interrupted', reason: `the job process ended with ${cause}` }
    }
    case 'failed':
      return { state: 'failed', reason: end.message }
  }
}

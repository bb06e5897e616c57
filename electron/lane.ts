import type { StorageFault } from '#core/contract/app'
import type { RunState } from '#core/contract/runs'
import type { Clock } from '#core/rpc/clock'
import { RpcError } from '#core/rpc/rpcError'
import type { Audit } from '#db/audit'
import { failure, type ActiveJob, type JobEnd } from './activeJob.ts'
import { storageFault } from './storageFault.ts'
import type { Worker, WorkerPool } from './worker/workerPool.ts'

/** How long a host that closes waits for the checkpoints of what is running. */
const CLOSE_MS = 2000
/** Before a crashed job goes on: until then the spares that died with it are known to be dead. */
const RESTART_MS = 200
/** Between two tries to enter how a job ended. */
const RETRY_MS = 2000

/** What a lane has to know of the jobs that wait in it. */
export interface LaneKind<Job extends LaneJob> {
  readonly noun: 'run' | 'study'
  /** Jobs that are computed at the same time. */
  limit(): number
  stateOf(id: number): RunState | undefined
  /** @param finishedAt null while it may go on */
  setState(id: number, state: RunState, reason: string | null, finishedAt: string | null): void
  open(id: number, worker: Worker): Job
  /** Drives the job to its end and stores what it says. What it throws ends the job as failed. */
  compute(job: Job): Promise<JobEnd>
  /** How far it came, in words that end a sentence; '' when nothing is stored. */
  place(id: number): string
  /** Whatever differs when a resume would begin further on. */
  checkpoint(id: number): number
  /** Tells that its state, or the queue, has changed. */
  announce(id: number): void
}

export interface LaneJob {
  readonly id: number
  readonly job: ActiveJob
}

interface LaneOptions {
  readonly pool: WorkerPool
  readonly clock: Clock
  readonly audit: Audit
  /** Milliseconds since 1970. */
  readonly now: () => number
}

/** Jobs of one kind: they wait here in order, and some are computed, each on a process of its own. */
export class Lane<Job extends LaneJob> {
  readonly #kind: LaneKind<Job>
  readonly #options: LaneOptions
  readonly #waiting: number[] = []
  readonly #active = new Map<number, { readonly job: Job; readonly settled: Promise<void> }>()
  /** Jobs that crashed and were started again, and from where: they are so once from each checkpoint. */
  readonly #crashes = new Map<number, { readonly checkpoint: number; readonly reason: string }>()
  #closing = false
  #fault: StorageFault | null = null

  constructor(kind: LaneKind<Job>, options: LaneOptions) {
    this.#kind = kind
    this.#options = options
  }

  get queued(): number {
    return this.#waiting.length
  }

  get active(): readonly Job[] {
    return [...this.#active.values()].map(({ job }) => job)
  }

  live(id: number): Job | undefined {
    return this.#active.get(id)?.job
  }

  isBusyWith(id: number): boolean {
    return this.#active.has(id) || this.#waiting.includes(id)
  }

  /** Puts a job at the end of the queue. It is stored as queued already. */
  add(id: number): void {
    this.#waiting.push(id)
    this.#kind.announce(id)
    this.pump()
  }

  /** Starts what may start; to be called when the limit changes. */
  pump(): void {
    while (!this.#closing && this.#waiting.length > 0 && this.#active.size < this.#kind.limit()) {
      this.#start(this.#waiting.shift()!)
    }
  }

  /** @throws RpcError `WRONG_STATE` unless it is queued or running */
  pause(id: number): void {
    if (this.#unqueue(id)) this.#setState(id, 'paused', null)
    else this.#require(id, 'paused').pause()
  }

  /** @throws RpcError `WRONG_STATE` unless it can go on */
  resume(id: number): void {
    const state = this.#kind.stateOf(id)
    if (!state || !resumable.has(state) || this.isBusyWith(id)) {
      throw this.#wrongState(state, 'resumed')
    }
    this.#crashes.delete(id)
    this.#setState(id, 'queued', null)
    this.add(id)
  }

  /** @throws RpcError `WRONG_STATE` if it has ended already */
  cancel(id: number): void {
    const state = this.#kind.stateOf(id)
    const isWaiting = this.#unqueue(id) || state === 'paused' || state === 'interrupted'
    if (isWaiting) this.#setState(id, 'cancelled', null)
    else this.#require(id, 'stopped').cancel()
  }

  /** @throws RpcError `WRONG_STATE` unless it is running */
  kill(id: number): void {
    this.#require(id, 'killed').kill()
  }

  /** Pauses what is running and waits for it, at most two seconds. */
  async close(): Promise<void> {
    this.#closing = true
    for (const id of this.#waiting.splice(0)) this.#setState(id, 'paused', null)
    const active = [...this.#active.values()]
    for (const { job } of active) job.job.pause()
    const late = this.#options.clock.later(CLOSE_MS, () => {
      for (const { job } of active) job.job.worker.handle.kill()
    })
    await Promise.all(active.map(({ settled }) => settled))
    late()
  }

  #start(id: number): void {
    const job = this.#kind.open(id, this.#options.pool.take())
    // entered before the first step, so that a pause finds it
    const settled = Promise.resolve()
      .then(() => this.#execute(job))
      // should no later try succeed, it is found as running when the workspace is opened again
      .catch((error: unknown) => console.error(`${this.#kind.noun} ${id}:`, error))
    this.#active.set(id, { job, settled })
  }

  async #execute(job: Job): Promise<void> {
    const { pool } = this.#options
    const { id } = job
    const end = await this.#compute(job)
    this.#active.delete(id)
    const isReusable = end.kind === 'finished' || end.kind === 'paused' || end.kind === 'cancelled'
    if (isReusable) void pool.giveBack(job.job.worker)
    else pool.discard(job.job.worker)
    const { state, reason } = outcomeOf(end, this.#kind.place(id), this.#closing)
    if (end.kind === 'crashed' && this.#goesOn(job)) {
      this.#restart(id, reason!)
      return
    }
    const before = this.#crashes.get(id)
    this.#crashes.delete(id)
    const isSecond = end.kind === 'crashed' && before?.checkpoint === this.#kind.checkpoint(id)
    const again = isSecond ? ', for the second time from the same checkpoint' : ''
    this.#end(id, state, reason && reason + again)
    this.pump()
  }

  /** What keeps the end of a job from being stored at present. */
  get fault(): StorageFault | null {
    return this.#fault
  }

  /** Enters how a job ended, and tries again while the disk does not take even that. */
  #end(id: number, state: RunState, reason: string | null): void {
    try {
      this.#setState(id, state, reason)
      this.#fault = null
    } catch (error) {
      const fault = storageFault(error)
      if (fault === null || this.#closing) throw error
      this.#fault = fault
      this.#kind.announce(id)
      this.#options.clock.later(RETRY_MS, () => {
        if (!this.#closing) this.#end(id, state, reason)
      })
    }
  }

  /** A crash may have been chance; one more from the same checkpoint was not. */
  #goesOn({ id, job }: Job): boolean {
    const before = this.#crashes.get(id)
    const isNew = before === undefined || before.checkpoint !== this.#kind.checkpoint(id)
    return isNew && !job.isToEnd && !this.#closing
  }

  /** Puts a crashed job before all that wait: it had its turn. */
  #restart(id: number, reason: string): void {
    this.#crashes.set(id, { checkpoint: this.#kind.checkpoint(id), reason })
    this.#setState(id, 'queued', reason, 'restarted')
    this.#waiting.unshift(id)
    this.#options.clock.later(RESTART_MS, () => this.pump())
  }

  async #compute(job: Job): Promise<JobEnd> {
    try {
      this.#setState(job.id, 'running', this.#crashes.get(job.id)?.reason ?? null)
      return await this.#kind.compute(job)
    } catch (error) {
      return failure(error)
    }
  }

  /** @param action what the audit log calls it */
  #setState(id: number, state: RunState, reason: string | null, action: string = state): void {
    const { audit, now } = this.#options
    const { noun } = this.#kind
    const at = new Date(now()).toISOString()
    const hasEnded = state === 'finished' || state === 'cancelled' || state === 'failed'
    this.#kind.setState(id, state, reason, hasEnded ? at : null)
    audit.add({ at, action: `${noun}.${action}`, subject: `${noun} ${id}`, detail: reason ?? '' })
    this.#kind.announce(id)
  }

  #unqueue(id: number): boolean {
    const place = this.#waiting.indexOf(id)
    if (place >= 0) this.#waiting.splice(place, 1)
    return place >= 0
  }

  #require(id: number, wish: string): ActiveJob {
    const active = this.#active.get(id)
    if (active) return active.job.job
    throw this.#wrongState(this.#kind.stateOf(id), wish)
  }

  #wrongState(state: RunState | undefined, wish: string): RpcError {
    const { noun } = this.#kind
    return state === undefined
      ? new RpcError('NOT_FOUND', `there is no such ${noun}`)
      : new RpcError('WRONG_STATE', `a ${noun} that is ${state} can not be ${wish}`)
  }
}

const resumable: ReadonlySet<RunState> = new Set(['paused', 'interrupted', 'cancelled', 'failed'])

function outcomeOf(
  end: JobEnd,
  place: string,
  closing: boolean,
): { readonly state: RunState; readonly reason: string | null } {
  const where = place === '' ? '' : ` ${place}`
  switch (end.kind) {
    case 'finished':
    case 'paused':
    case 'cancelled':
      return { state: end.kind, reason: null }
    case 'killed': {
      const cause = closing ? 'the program was closed' : 'the job process was killed on request'
      return { state: 'interrupted', reason: `${cause}${where}` }
    }
    case 'crashed': {
      const cause = end.signal ? `signal ${end.signal}` : `code ${end.code ?? 'unknown'}`
      return { state: 'interrupted', reason: `the job process ended with ${cause}${where}` }
    }
    case 'unstored':
      return { state: 'interrupted', reason: `${end.message}${where}` }
    case 'failed':
      return { state: 'failed', reason: end.message }
  }
}

import type { JobRow } from '#core/contract/app'
import type { RunId } from '#core/contract/ids'
import type { JobMemory, RunEvent, RunJob } from '#core/jobContract'
import type { Clock } from '#core/rpc/clock'
import { ActiveJob, type JobEnd } from './activeJob.ts'
import type { Worker } from './worker/workerPool.ts'

/** Updates after which a count of tensors that has risen is a leak. */
const SETTLED = 1000

/** One run on one job process: where it is, and how fast. */
export class ActiveRun {
  readonly id: RunId
  readonly job: ActiveJob
  stage: 'preparing' | 'pretraining' | 'serving' = 'preparing'
  /** Share of the stage before serving, 0 … 1. */
  stageShare = 0
  readonly #clock: Clock
  /** Newest; null before the first. */
  memory: JobRow['memory'] = null
  #updates = 0
  #settled: { readonly updates: number; readonly tensors: number } | undefined
  #rate: { at: number; done: number; perSecond: number | null } | undefined

  constructor(id: RunId, worker: Worker, clock: Clock) {
    this.id = id
    this.job = new ActiveJob(worker, clock)
    this.#clock = clock
  }

  /** Impressions per second, smoothed over about a second; null before the second batch. */
  get perSecond(): number | null {
    return this.#rate?.perSecond ?? null
  }

  /** See `ActiveJob.drive`. */
  drive(job: RunJob, store: (event: RunEvent) => void): Promise<JobEnd> {
    const { client } = this.job.worker
    return this.job.drive(
      (options) => client.stream('job.run', job, options),
      (event) => {
        this.#follow(event)
        store(event)
      },
    )
  }

  #follow(event: RunEvent): void {
    if (event.type === 'progress') {
      this.stage = event.stage
      this.stageShare = event.share
    } else if (event.type === 'batch') {
      this.stage = 'serving'
      this.#measure(event.batch.done)
      this.#updates += event.batch.updates.length
      if (event.memory) this.#watch(event.memory)
    }
  }

  #watch(memory: JobMemory): void {
    let grows = this.memory?.grows ?? false
    this.#settled ??= { updates: this.#updates, tensors: memory.tensors }
    if (this.#updates - this.#settled.updates >= SETTLED) {
      grows = memory.tensors > this.#settled.tensors
      this.#settled = { updates: this.#updates, tensors: memory.tensors }
    }
    this.memory = { ...memory, grows }
  }

  #measure(done: number): void {
    const at = this.#clock.now()
    this.#rate ??= { at, done, perSecond: null }
    const seconds = (at - this.#rate.at) / 1000
    if (seconds < 0.25) return
    const current = (done - this.#rate.done) / seconds
    const weight = Math.exp(-seconds)
    const before = this.#rate.perSecond ?? current
    this.#rate = { at, done, perSecond: weight * before + (1 - weight) * current }
  }
}

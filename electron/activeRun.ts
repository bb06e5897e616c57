import type { RunId } from '#core/contract'
import type { RunEvent, RunJob } from '#core/jobContract'
import { cancelSource } from '#core/rpc/cancel'
import type { Clock } from '#core/rpc/clock'
import { RpcError } from '#core/rpc/rpcError'
import type { Worker } from './worker/workerPool.ts'

/** Batches that a job process may be ahead of the store. */
const WINDOW = 4
/** A cancel that is not answered by then becomes a kill. */
const CANCEL_MS = 2000

/** How a job process left a run. */
export type RunEnd =
  | { readonly kind: 'finished' | 'paused' | 'cancelled' }
  | { readonly kind: 'killed' }
  | { readonly kind: 'crashed'; readonly code: number | null; readonly signal: string | null }
  | { readonly kind: 'failed'; readonly message: string }

/** One run on one job process, from its first event to its end. */
export class ActiveRun {
  readonly id: RunId
  stage: 'preparing' | 'pretraining' | 'serving' = 'preparing'
  /** Share of the stage before serving, 0 … 1. */
  stageShare = 0
  readonly worker: Worker
  readonly #clock: Clock
  readonly #stop = cancelSource()
  #wish: 'cancel' | 'kill' | null = null
  #pauseWanted = false
  #disarm: (() => void) | undefined
  #rate: { at: number; done: number; perSecond: number | null } | undefined

  constructor(id: RunId, worker: Worker, clock: Clock) {
    this.id = id
    this.worker = worker
    this.#clock = clock
  }

  /** Impressions per second, smoothed over about a second; null before the second batch. */
  get perSecond(): number | null {
    return this.#rate?.perSecond ?? null
  }

  /**
   * Runs the job; `store` is called for each event in order, and what it throws ends the run.
   * Never rejects.
   */
  async drive(job: RunJob, store: (event: RunEvent) => void): Promise<RunEnd> {
    let end: RunEnd | undefined
    const options = { signal: this.#stop.cancel, window: WINDOW }
    try {
      for await (const events of this.worker.client.stream('job.run', job, options)) {
        for (const event of events) {
          this.#follow(event)
          store(event)
          if (event.type === 'finished' || event.type === 'paused') end = { kind: event.type }
        }
      }
      if (end) return end
      if (this.#wish) return this.#asWished(this.#wish)
      return { kind: 'failed', message: 'the job ended without a result' }
    } catch (error) {
      return await this.#explain(error)
    } finally {
      this.#disarm?.()
    }
  }

  /** Asks for a checkpoint and the end of the job. A process that is gone tells so itself. */
  pause(): void {
    this.#pauseWanted = true
    void this.worker.client.call('job.pause', {}).catch(() => undefined)
  }

  cancel(): void {
    if (this.#wish) return
    this.#wish = 'cancel'
    this.#stop.abort()
    this.#disarm = this.#clock.later(CANCEL_MS, () => this.worker.handle.kill())
  }

  kill(): void {
    this.#wish = 'kill'
    this.worker.handle.kill()
  }

  async #explain(error: unknown): Promise<RunEnd> {
    const isGone = error instanceof RpcError && error.code === 'CLOSED'
    if (!isGone) {
      if (this.#wish) return this.#asWished(this.#wish)
      return { kind: 'failed', message: error instanceof Error ? error.message : String(error) }
    }
    const ended = await this.worker.handle.ended
    if (this.#wish) return this.#asWished(this.#wish)
    if (ended.kind === 'crashed') return ended
    return ended.kind === 'killed' ? { kind: 'killed' } : { kind: 'crashed', code: 0, signal: null }
  }

  #asWished(wish: 'cancel' | 'kill'): RunEnd {
    return { kind: wish === 'cancel' ? 'cancelled' : 'killed' }
  }

  #follow(event: RunEvent): void {
    if (event.type === 'started' && this.#pauseWanted) {
      this.pause() // the first request may have come before the job, which forgets what was before
    } else if (event.type === 'progress') {
      this.stage = event.stage
      this.stageShare = event.share
    } else if (event.type === 'batch') {
      this.stage = 'serving'
      this.#measure(event.batch.done)
    }
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

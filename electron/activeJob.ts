import type { Clock } from '#core/rpc/clock'
import { RpcError } from '#core/rpc/rpcError'
import type { StreamOptions } from '#core/rpc/connect'
import { storageFault, storageWords } from './storageFault.ts'
import type { Worker } from './worker/workerPool.ts'

/** Batches that a job process may be ahead of the store. */
const WINDOW = 4
/** A cancel that is not answered by then becomes a kill. */
const CANCEL_MS = 2000

/** How a job process left a job that can be paused. */
export type JobEnd =
  | { readonly kind: 'finished' | 'paused' | 'cancelled' }
  | { readonly kind: 'killed' }
  | { readonly kind: 'crashed'; readonly code: number | null; readonly signal: string | null }
  /** Its results can not be stored for now; it can go on from what is. */
  | { readonly kind: 'unstored'; readonly message: string }
  | { readonly kind: 'failed'; readonly message: string }

/** One run or study on one job process, from its first event to its end. */
export class ActiveJob {
  readonly worker: Worker
  readonly #clock: Clock
  #wish: 'cancel' | 'kill' | null = null
  #pauseWanted = false
  #disarm: (() => void) | undefined

  constructor(worker: Worker, clock: Clock) {
    this.worker = worker
    this.#clock = clock
  }

  /** Somebody wants it to go no further. */
  get isToEnd(): boolean {
    return this.#pauseWanted || this.#wish !== null
  }

  /**
   * Reads the events of the job; `store` is called for each in order, and what it throws ends the
   * job. Never rejects.
   */
  async drive<Event extends { readonly type: string }>(
    open: (options: StreamOptions) => AsyncIterable<readonly Event[]>,
    store: (event: Event) => void,
  ): Promise<JobEnd> {
    let end: JobEnd | undefined
    try {
      for await (const events of open({ window: WINDOW })) {
        for (const event of events) {
          // the first request may have come before the job, which forgets what was before
          if (event.type === 'started' && this.#pauseWanted) this.pause()
          store(event)
          if (event.type === 'finished' || event.type === 'paused') end = { kind: event.type }
        }
      }
      if (end?.kind === 'finished') return end
      if (this.#wish) return asWished(this.#wish)
      return end ?? { kind: 'failed', message: 'the job ended without a result' }
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

  /** Ends it as a pause does, so that what it leaves is whole; a process that does not is killed. */
  cancel(): void {
    if (this.#wish) return
    this.#wish = 'cancel'
    this.pause()
    this.#disarm = this.#clock.later(CANCEL_MS, () => this.worker.handle.kill())
  }

  kill(): void {
    this.#wish = 'kill'
    this.worker.handle.kill()
  }

  async #explain(error: unknown): Promise<JobEnd> {
    const isGone = error instanceof RpcError && error.code === 'CLOSED'
    if (!isGone) {
      if (this.#wish) return asWished(this.#wish)
      return failure(error)
    }
    const ended = await this.worker.handle.ended
    if (this.#wish) return asWished(this.#wish)
    if (ended.kind === 'crashed') return ended
    return ended.kind === 'killed' ? { kind: 'killed' } : { kind: 'crashed', code: 0, signal: null }
  }
}

/** The end of a job by an error of its own, or of the disk. */
export function failure(error: unknown): JobEnd {
  const fault = storageFault(error)
  if (fault !== null) return { kind: 'unstored', message: storageWords[fault] }
  return { kind: 'failed', message: error instanceof Error ? error.message : String(error) }
}

const asWished = (wish: 'cancel' | 'kill'): JobEnd => ({
  kind: wish === 'cancel' ? 'cancelled' : 'killed',
})

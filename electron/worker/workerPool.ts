import { connect, type Client } from '#core/rpc/connect'
import type { Clock } from '#core/rpc/clock'
import { jobContract, type BackendChoice } from '#core/jobContract'
import type { WorkerFactory, WorkerHandle } from './workerHandle.ts'

/** A spare is made a while after the last one was taken, when the job that took it has started. */
const REFILL_MS = 2000
/** A process that was given back and does not answer by then is not used again. */
const PING_MS = 2000
/** Spares that die unused in a row; more would be a loop of processes that can not start. */
const MAX_IDLE_DEATHS = 3
/** Kept between jobs: one that has worked, whose code is compiled and hot, and one more. */
const MAX_IDLE = 2

export interface Worker {
  readonly handle: WorkerHandle
  readonly client: Client<typeof jobContract>
}

/**
 * Job processes that are kept warm. One that has done its job is taken again before any other, and while a
 * core is free for it a spare is ready or on its way.
 */
export class WorkerPool {
  readonly #fork: WorkerFactory
  readonly #clock: Clock
  readonly #cores: number
  readonly #idle: Worker[] = []
  readonly #alive = new Set<Worker>()
  #idleDeaths = 0
  #disarm: (() => void) | undefined
  #closed = false

  /** @param cores with so many jobs under way nothing is started ahead of need; 0: never */
  constructor(fork: WorkerFactory, clock: Clock, cores: number) {
    this.#fork = fork
    this.#clock = clock
    this.#cores = cores
  }

  /** Starts the first spare and asks it for the compute backend; null when it can not tell. */
  async warmUp(): Promise<BackendChoice | null> {
    this.#refill()
    const first = this.#idle[0]
    if (!first) return null
    return first.client.call('job.backend', {}).catch(() => null)
  }

  /** Processes that are alive. */
  get size(): number {
    return this.#alive.size
  }

  take(): Worker {
    const worker = this.#idle.pop() ?? this.#start()
    this.#refillLater()
    return worker
  }

  /** A process whose job has ended well is used again, unless the job left tensors behind. */
  async giveBack(worker: Worker): Promise<void> {
    this.#idleDeaths = 0
    if (await this.#isReusable(worker)) this.#idle.push(worker)
    else this.discard(worker)
  }

  /** Ends a process whose state is not known. */
  discard(worker: Worker): void {
    worker.handle.kill()
    this.#refillLater()
  }

  /** Ends every process and waits until they are gone. */
  async close(): Promise<void> {
    this.#closed = true
    this.#disarm?.()
    const alive = [...this.#alive]
    for (const { handle } of alive) handle.kill()
    await Promise.all(alive.map(({ handle }) => handle.ended))
  }

  async #isReusable(worker: Worker): Promise<boolean> {
    if (!this.#hasPlaceFor(worker)) return false
    let disarm: () => void = () => undefined
    const silence = new Promise<false>((resolve) => {
      disarm = this.#clock.later(PING_MS, () => resolve(false))
    })
    const answer = worker.client.call('job.ping', {}).then(
      ({ clean }) => clean,
      () => false,
    )
    const reusable = await Promise.race([answer, silence])
    disarm()
    // closing, or another one's return, may have come in between
    return reusable && this.#hasPlaceFor(worker)
  }

  #hasPlaceFor(worker: Worker): boolean {
    return !this.#closed && this.#idle.length < MAX_IDLE && this.#alive.has(worker)
  }

  #refillLater(): void {
    this.#disarm?.()
    this.#disarm = this.#clock.later(REFILL_MS, () => this.#refill())
  }

  #refill(): void {
    // nothing is idle, so that all that live are at work
    if (this.#closed || this.#idle.length > 0 || this.#alive.size >= this.#cores) return
    if (this.#idleDeaths >= MAX_IDLE_DEATHS) return
    this.#idle.push(this.#start())
  }

  #start(): Worker {
    const handle = this.#fork()
    const worker = { handle, client: connect(jobContract, handle.wire) }
    this.#alive.add(worker)
    void handle.ended.then(() => {
      this.#alive.delete(worker)
      const place = this.#idle.indexOf(worker)
      if (place < 0) return
      this.#idle.splice(place, 1)
      this.#idleDeaths++
      if (!this.#closed) this.#refillLater()
    })
    return worker
  }
}

import type { Clock } from '#core/rpc/clock'
import type { Worker, WorkerPool } from './worker/workerPool.ts'

/** A process without questions gives its memory back after so long, in milliseconds. */
const IDLE_MS = 120_000

/** A job process that is kept between questions, for what it remembers. */
export interface KeptWorker {
  /** The process; a new one, which remembers nothing, where the last one has ended. */
  current(): Worker
  /** It is not given back while somebody holds it. @returns lets go of it */
  hold(): () => void
  readonly close: () => void
}

export function keepWorker(pool: WorkerPool, clock: Clock): KeptWorker {
  let worker: Worker | null = null
  let disarm: () => void = () => undefined
  let holders = 0

  const close = () => {
    disarm()
    if (worker) pool.discard(worker)
    worker = null
  }

  return {
    current() {
      if (worker) return worker
      const taken = pool.take()
      void taken.handle.ended.then(() => {
        if (worker === taken) worker = null
      })
      return (worker = taken)
    },
    hold() {
      disarm()
      holders++
      return () => {
        if (--holders === 0) disarm = clock.later(IDLE_MS, close)
      }
    },
    close,
  }
}

import type { PreviewJob } from '#core/jobContract'
import type { PlanPreview } from '#core/preview/planPreview'
import type { Cancel } from '#core/rpc/cancel'
import type { Clock } from '#core/rpc/clock'
import type { Worker, WorkerPool } from './worker/workerPool.ts'

/** A process without previews gives its memory back after so long, in milliseconds. */
const IDLE_MS = 120_000

/** Previews of plans, in a process of their own that keeps the world of the last one. */
export interface Previewer {
  preview(job: PreviewJob, cancel: Cancel): Promise<PlanPreview>
  close(): void
}

export function createPreviewer(pool: WorkerPool, clock: Clock): Previewer {
  let worker: Worker | null = null
  let disarm: () => void = () => undefined
  let asked = 0

  const close = () => {
    disarm()
    if (worker) pool.discard(worker)
    worker = null
  }

  function takeOne(): Worker {
    const taken = pool.take()
    void taken.handle.ended.then(() => {
      if (worker === taken) worker = null
    })
    return taken
  }

  return {
    async preview(job, cancel) {
      disarm()
      worker ??= takeOne()
      asked++
      try {
        return await worker.client.call('job.preview', job, { signal: cancel })
      } finally {
        asked--
        disarm()
        if (asked === 0) disarm = clock.later(IDLE_MS, close)
      }
    },
    close,
  }
}

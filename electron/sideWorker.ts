import type { ExperimentSpec } from '#core/experimentSpec'
import type { PreviewJob } from '#core/jobContract'
import type { PlanPreview } from '#core/preview/planPreview'
import type { Cancel } from '#core/rpc/cancel'
import type { Clock } from '#core/rpc/clock'
import type { WorldSample } from '#core/validity/sampleWorld'
import type { ValidityCheck } from '#core/validity/validityReport'
import type { Worker, WorkerPool } from './worker/workerPool.ts'

/** A process without previews gives its memory back after so long, in milliseconds. */
const IDLE_MS = 120_000

/** Previews of plans, in a process of their own that keeps the world of the last one. */
export interface Previewer {
  preview(job: PreviewJob, cancel: Cancel): Promise<PlanPreview>
  /** What a generated world shows of a request. */
  sample(spec: ExperimentSpec, cancel: Cancel): Promise<WorldSample>
  /** Whether its effects have the signs that they should. */
  signs(spec: ExperimentSpec, cancel: Cancel): Promise<ValidityCheck[]>
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

  async function ask<T>(call: (client: Worker['client']) => Promise<T>): Promise<T> {
    disarm()
    worker ??= takeOne()
    asked++
    try {
      return await call(worker.client)
    } finally {
      asked--
      disarm()
      if (asked === 0) disarm = clock.later(IDLE_MS, close)
    }
  }

  return {
    preview: (job, signal) => ask((client) => client.call('job.preview', job, { signal })),
    sample: (spec, signal) => ask((client) => client.call('job.worldSample', { spec }, { signal })),
    signs: (spec, signal) => ask((client) => client.call('job.worldSigns', { spec }, { signal })),
    close,
  }
}

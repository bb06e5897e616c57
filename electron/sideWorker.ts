import type { ExperimentSpec } from '#core/experimentSpec'
import type { DecisionJob, PreviewJob } from '#core/jobContract'
import type { DecisionView } from '#core/largeAction/tpgr/treeAnswers'
import type { SavedModel } from '#core/model/savedModel'
import type { PlanPreview } from '#core/preview/planPreview'
import type { Cancel } from '#core/rpc/cancel'
import type { Clock } from '#core/rpc/clock'
import type { WorldSample } from '#core/validity/sampleWorld'
import type { ValidityCheck } from '#core/validity/validityReport'
import type { Worker, WorkerPool } from './worker/workerPool.ts'

/** A process without questions gives its memory back after so long, in milliseconds. */
const IDLE_MS = 120_000

/**
 * What somebody waits for and takes a world to answer, in a process of its own that keeps the worlds of the
 * last plan and the last policy that were asked about.
 */
export interface SideWorker {
  preview(job: PreviewJob, cancel: Cancel): Promise<PlanPreview>
  /** What a generated world shows of a request. */
  sample(spec: ExperimentSpec, cancel: Cancel): Promise<WorldSample>
  /** Whether its effects have the signs that they should. */
  signs(spec: ExperimentSpec, cancel: Cancel): Promise<ValidityCheck[]>
  /** @param content of the model, asked for once as long as the process keeps it */
  decide(job: Omit<DecisionJob, 'model'>, content: () => SavedModel): Promise<DecisionView>
  close(): void
}

export function createSideWorker(pool: WorkerPool, clock: Clock): SideWorker {
  let worker: Worker | null = null
  let policy = '' // hash of the one that the process keeps
  let disarm: () => void = () => undefined
  let asked = 0

  const close = () => {
    disarm()
    if (worker) pool.discard(worker)
    worker = null
  }

  function takeOne(): Worker {
    const taken = pool.take()
    policy = ''
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
    decide: (job, content) =>
      ask(async (client) => {
        const model = policy === job.hash ? null : content()
        policy = job.hash
        try {
          return await client.call('job.decision', { ...job, model })
        } catch (error) {
          policy = '' // what could not be opened is sent again: a dataset can be imported again
          throw error
        }
      }),
    close,
  }
}

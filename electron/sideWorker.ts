import type { ExperimentSpec } from '#core/experimentSpec'
import type { DecisionJob, PreviewJob } from '#core/jobContract'
import type { DecisionView } from '#core/largeAction/tpgr/treeAnswers'
import type { SavedModel } from '#core/model/savedModel'
import type { PlanPreview } from '#core/preview/planPreview'
import type { Cancel } from '#core/rpc/cancel'
import type { Clock } from '#core/rpc/clock'
import type { WorldSample } from '#core/validity/sampleWorld'
import type { ValidityCheck } from '#core/validity/validityReport'
import { keepWorker } from './keptWorker.ts'
import type { Worker, WorkerPool } from './worker/workerPool.ts'

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
  const kept = keepWorker(pool, clock)
  /** The policy that a process keeps, by its hash. */
  let known: { readonly by: Worker; readonly policy: string } | null = null

  async function ask<T>(call: (worker: Worker) => Promise<T>): Promise<T> {
    const letGo = kept.hold()
    try {
      return await call(kept.current())
    } finally {
      letGo()
    }
  }

  return {
    preview: (job, signal) => ask(({ client }) => client.call('job.preview', job, { signal })),
    sample: (spec, signal) =>
      ask(({ client }) => client.call('job.worldSample', { spec }, { signal })),
    signs: (spec, signal) =>
      ask(({ client }) => client.call('job.worldSigns', { spec }, { signal })),
    decide: (job, content) =>
      ask(async (worker) => {
        const model = known?.by === worker && known.policy === job.hash ? null : content()
        known = { by: worker, policy: job.hash }
        try {
          return await worker.client.call('job.decision', { ...job, model })
        } catch (error) {
          known = null // what could not be opened is sent again: a dataset can be imported again
          throw error
        }
      }),
    close: kept.close,
  }
}

import { setImmediate as nextTurn } from 'node:timers/promises'
import type { ComputeOps } from '#core/compute/ops'
import type { PreviewJob } from '#core/jobContract'
import { openPreview, type OpenedPreview } from '#core/preview/openPreview'
import type { PlanPreview } from '#core/preview/planPreview'
import { previewPlan } from '#core/preview/previewPlan'
import { smallSpec, worldKey } from '#core/preview/smallSpec'
import type { Cancel } from '#core/rpc/cancel'
import { RpcError } from '#core/rpc/rpcError'
import { datasetOf } from './datasetOf.ts'

interface World {
  readonly key: string
  readonly opened: Promise<OpenedPreview>
  readonly giveUp: () => void
}

/**
 * Previews of one world at a time, which is kept. A preview of another world gives up the building of
 * the one before; one that is cancelled while its world is built leaves the world for the next.
 */
export function previewJob(ops: () => Promise<ComputeOps>) {
  let world: World | null = null

  function worldOf(key: string, job: PreviewJob): World {
    if (world?.key === key) return world
    const before = world
    before?.giveUp()
    let unwanted = false
    const opened = build(job, ops, () => unwanted)
    const next: World = {
      key,
      opened,
      giveUp: () => {
        unwanted = true
        void opened.then(
          (preview) => preview.dispose(),
          () => undefined,
        )
      },
    }
    // what could not be built is tried again when it is asked for again
    opened.catch(() => {
      if (world === next) world = null
    })
    world = next
    return next
  }

  return async (job: PreviewJob, cancel: Cancel): Promise<PlanPreview> => {
    const { spec, smaller } = smallSpec(job.spec)
    const key = JSON.stringify([worldKey(spec), job.dataset?.hash]) // models are named by their hashes
    const opened = await worldOf(key, job).opened
    await nextTurn() // lets a cancel in that is already waiting
    if (cancel.aborted || world?.key !== key) throw superseded()
    return previewPlan(opened, spec, job.spec, smaller)
  }
}

async function build(
  job: PreviewJob,
  ops: () => Promise<ComputeOps>,
  unwanted: () => boolean,
): Promise<OpenedPreview> {
  const { ratings } = await datasetOf(job.dataset, job.spec.environment.kind)
  const steps = openPreview(smallSpec(job.spec).spec, await ops(), { ratings, models: job.models })
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
    await nextTurn()
    if (!unwanted()) continue
    steps.return(undefined as never) // frees what it holds
    throw superseded()
  }
}

const superseded = () => new RpcError('CANCELLED', 'a newer preview was asked for')

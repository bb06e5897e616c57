import type { RunId } from '#core/contract/ids'
import type { ModelRow } from '#core/contract/models'
import type { ModelFile } from '#core/model/modelFile'
import { sideNames, sidesOf } from '#core/sideNames'
import { sideArms } from '#core/run/summary'
import type { StoredRun } from '#db/runs'
import type { ApiContext } from './api.ts'
import { checkpointOf } from './checkpointOf.ts'

/**
 * What a side of a run had learnt at its newest checkpoint, with where it comes from.
 * @throws RpcError `NOT_FOUND` without the run, `WRONG_STATE` without a checkpoint, `BAD_INPUT` for a side
 * without a learner
 */
export async function networkOf(context: ApiContext, run: RunId, side: number): Promise<ModelFile> {
  const { stored, job } = checkpointOf(context, run)
  const model = await context.queue.saveNetwork({ ...job, side })
  const { spec, seed, dataset, engineVersion } = stored
  const origin = { seed, spec, dataset: dataset?.hash ?? null, engineVersion }
  return {
    name: nameOf(stored, side),
    model,
    provenance: { ...origin, run, side, impressions: job.checkpoint.done },
    metrics: figuresOf(stored, side),
  }
}

function nameOf({ id, name, spec }: StoredRun, side: number): string {
  const own = spec.design === 'explore' ? 'Q' : sideNames({ sides: sidesOf(spec) }, 'en')[side]
  return `${name.slice(0, 80)}: ${own ?? side}, run ${id}`
}

/** What its own lists would have earned, as far as the run has come. */
function figuresOf({ summary, done }: StoredRun, side: number): ModelRow['metrics'] {
  const arm = summary?.arms.find(({ id }) => id === sideArms[side])
  return { ctr: arm?.ctr.value ?? null, impressions: done }
}

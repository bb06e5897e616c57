import type { ComputeOps } from '#core/compute/ops'
import type { SaveJob } from '#core/jobContract'
import type { SavedModel } from '#core/model/savedModel'
import { RpcError } from '#core/rpc/rpcError'
import { engineVersion, networkAt } from '#core/run/runExperiment'
import { datasetOf } from './datasetOf.ts'

/**
 * Takes the network of a side out of a run's checkpoint.
 * @throws RpcError `BAD_INPUT` where no learner stands there; `WRONG_STATE` for a run of another engine
 */
export async function saveJob(job: SaveJob, ops: ComputeOps): Promise<SavedModel> {
  const { spec, seed, models, checkpoint, side } = job
  if (!checkpoint) throw new RpcError('WRONG_STATE', 'the run has no checkpoint')
  if (job.engineVersion !== engineVersion) {
    const begun = job.engineVersion ?? 'unknown'
    throw new RpcError(
      'WRONG_STATE',
      `the run was made by engine ${begun}, this is engine ${engineVersion}; run it again to save its network`,
    )
  }
  const data = await datasetOf(job.dataset, spec.environment.kind)
  try {
    return networkAt({ spec, seed, ops, backend: '', models, checkpoint, ...data }, side)
  } catch (error) {
    if (error instanceof RangeError) throw new RpcError('BAD_INPUT', error.message)
    throw error
  }
}

import type { ComputeOps } from '#core/compute/ops'
import type { AskJob, SaveJob } from '#core/jobContract'
import type { SavedModel } from '#core/model/savedModel'
import { RpcError } from '#core/rpc/rpcError'
import { engineVersion } from '#core/run/engineVersion'
import { networkAt, userNowAt, type RunInput } from '#core/run/runExperiment'
import type { Checkpoint } from '#core/run/batch'
import type { UserNow } from '#core/run/userNow'
import { datasetOf } from './datasetOf.ts'

/**
 * Takes the network of a side out of a run's checkpoint.
 * @throws RpcError `BAD_INPUT` where no learner stands there; `WRONG_STATE` for a run of another engine
 */
export const saveJob = (job: SaveJob, ops: ComputeOps): Promise<SavedModel> =>
  atCheckpoint(job, ops, (input) => networkAt(input, job.side))

/**
 * Asks what a user would be shown at a run's checkpoint.
 * @throws RpcError `BAD_INPUT` where nobody can be asked; `WRONG_STATE` for a run of another engine
 */
export const askJob = (job: AskJob, ops: ComputeOps): Promise<UserNow> =>
  atCheckpoint(job, ops, (input) => userNowAt(input, job.past))

async function atCheckpoint<T>(
  { spec, seed, models, checkpoint, dataset, engineVersion: begun }: Omit<SaveJob, 'side'>,
  ops: ComputeOps,
  question: (input: RunInput & { readonly checkpoint: Checkpoint }) => T,
): Promise<T> {
  if (!checkpoint) throw new RpcError('WRONG_STATE', 'the run has no checkpoint')
  if (begun !== engineVersion) {
    throw new RpcError(
      'WRONG_STATE',
      `the run was made by engine ${begun ?? 'unknown'}, this is engine ${engineVersion}; run it again to look into its checkpoint`,
    )
  }
  const data = await datasetOf(dataset, spec.environment.kind)
  try {
    return question({ spec, seed, ops, backend: '', models, checkpoint, ...data })
  } catch (error) {
    if (error instanceof RangeError) throw new RpcError('BAD_INPUT', error.message)
    throw error
  }
}

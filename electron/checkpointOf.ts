import type { RunId } from '#core/contract/ids'
import type { SaveJob } from '#core/jobContract'
import { RpcError } from '#core/rpc/rpcError'
import type { Checkpoint } from '#core/run/batch'
import type { StoredRun } from '#db/runs'
import type { ApiContext } from './api.ts'
import { modelsOf } from './modelsOf.ts'

/**
 * A run with its newest checkpoint, as a job process needs it to look inside.
 * @throws RpcError `NOT_FOUND` without the run, `WRONG_STATE` without a checkpoint
 */
export function checkpointOf(
  { store, folder }: Pick<ApiContext, 'store' | 'folder'>,
  run: RunId,
): {
  readonly stored: StoredRun
  readonly job: Omit<SaveJob, 'side'> & { readonly checkpoint: Checkpoint }
} {
  const stored = store.runs.get(run)
  if (!stored) throw new RpcError('NOT_FOUND', `there is no run ${run}`)
  const checkpoint = store.latestCheckpoint(run)
  if (!checkpoint) {
    throw new RpcError(
      'WRONG_STATE',
      `run ${run} has no checkpoint to look into: it has served nothing yet, or it came from a bundle`,
    )
  }
  const { spec, seed, dataset, engineVersion } = stored
  const file = dataset && folder.file(dataset.name, dataset.hash)
  const models = modelsOf(spec.rankers, store.models)
  return { stored, job: { spec, seed, dataset: file, models, checkpoint, engineVersion } }
}

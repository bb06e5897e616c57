import type { ModelRow, RunId } from '#core/contract'
import type { ModelFile } from '#core/model/modelFile'
import { RpcError } from '#core/rpc/rpcError'
import { sideNames, sidesOf } from '#core/sideNames'
import { sideArms } from '#core/run/summary'
import type { StoredRun } from '#db/runs'
import type { ApiContext } from './api.ts'
import { modelsOf } from './modelsOf.ts'

/**
 * What a side of a run had learnt at its newest checkpoint, with where it comes from.
 * @throws RpcError `NOT_FOUND` without the run, `WRONG_STATE` without a checkpoint, `BAD_INPUT` for a side
 * without a learner
 */
export async function networkOf(
  { store, queue, folder }: ApiContext,
  run: RunId,
  side: number,
): Promise<ModelFile> {
  const stored = store.runs.get(run)
  if (!stored) throw new RpcError('NOT_FOUND', `there is no run ${run}`)
  const checkpoint = store.latestCheckpoint(run)
  if (!checkpoint) {
    throw new RpcError(
      'WRONG_STATE',
      `run ${run} has no checkpoint to take a network from: it has served nothing yet, or it came from a bundle`,
    )
  }
  const { spec, seed, dataset, engineVersion } = stored
  const file = dataset && folder.file(dataset.name, dataset.hash)
  const models = modelsOf(spec.rankers, store.models)
  const model = await queue.saveNetwork({
    spec,
    seed,
    dataset: file,
    models,
    checkpoint,
    side,
    engineVersion,
  })
  const origin = { seed, spec, dataset: dataset?.hash ?? null, engineVersion }
  return {
    name: nameOf(stored, side),
    model,
    provenance: { ...origin, run, side, impressions: checkpoint.done },
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

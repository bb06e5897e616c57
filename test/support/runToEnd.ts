import type { ComputeOps } from '#core/compute/ops'
import type { LoggedData } from '#core/dataset/loggedData'
import type { ExperimentSpec } from '#core/experimentSpec'
import type { ModelsByHash } from '#core/model/savedModel'
import type { Checkpoint, RunBatch } from '#core/run/batch'
import { runExperiment } from '#core/run/runExperiment'
import type { RunSummary } from '#core/run/summary'

export interface EndedRun {
  readonly batches: RunBatch[]
  readonly checkpoints: Checkpoint[]
  readonly summary: RunSummary
}

export async function runToEnd(
  ops: ComputeOps,
  spec: ExperimentSpec,
  options: {
    seed?: number
    checkpoint?: Checkpoint
    usersPerCall?: number
    logged?: LoggedData
    models?: ModelsByHash
  } = {},
): Promise<EndedRun> {
  const batches: RunBatch[] = []
  const checkpoints: Checkpoint[] = []
  const { seed = 7, checkpoint = null, ...rest } = options
  const input = { spec, seed, ops, backend: 'test', ratings: null, checkpoint, ...rest }
  for await (const step of runExperiment(input)) {
    if (step.type === 'batch') {
      batches.push(step.batch)
      // what a host does with it: bytes out, bytes in
      checkpoints.push(structuredClone(step.checkpoint()))
    } else if (step.type === 'finished') return { batches, checkpoints, summary: step.summary }
  }
  throw new Error('the run did not finish')
}

import { setImmediate as nextTurn } from 'node:timers/promises'
import type { ComputeOps } from '#core/compute/ops'
import type { BackendChoice, JobMemory, RunEvent, RunJob } from '#core/jobContract'
import type { Checkpoint } from '#core/run/batch'
import type { RunSummary } from '#core/run/summary'
import { engineVersion } from '#core/run/engineVersion'
import { runExperiment } from '#core/run/runExperiment'
import { datasetOf } from './datasetOf.ts'

/** Five summaries a second are more than anybody reads. */
const SUMMARY_MS = 200
/** Of a long run a summary takes as long as several batches: so many times as long comes before the next. */
const SUMMARY_SPACING = 40

export interface RunControl {
  readonly choice: BackendChoice
  readonly ops: ComputeOps
  /** Asked between two batches. */
  readonly stop: () => 'pause' | 'cancel' | null
  /** Milliseconds of a monotonic clock. */
  readonly now: () => number
  readonly memory: () => JobMemory
}

/**
 * Runs an experiment and says what the host should store. It gives way between batches, so that a
 * pause or a cancel is heard, and ends with `finished`, with `paused`, or silently when cancelled.
 * @throws what the experiment throws, and Error when the dataset file is missing or damaged
 */
export async function* runJob(job: RunJob, control: RunControl): AsyncGenerator<RunEvent> {
  const { choice, ops, now, stop, memory } = control
  yield { type: 'started', backend: choice, engineVersion }
  const { spec, seed, models, checkpoint } = job
  const { ratings, logged } = await datasetOf(job.dataset, spec.environment.kind)
  const backend = `${choice.name}/${choice.ops}`
  let summaryDue = -Infinity
  let checkpointAt = now()
  let resumeFrom: () => Checkpoint | null = () => checkpoint
  let untold: () => RunSummary | null = () => null
  for await (const step of runExperiment({
    spec,
    seed,
    ops,
    backend,
    ratings,
    logged,
    models,
    checkpoint,
  })) {
    if (step.type === 'batch') {
      const { batch } = step
      const last = batch.done === batch.total
      const time = now()
      const summary = last || time >= summaryDue ? step.summary() : null
      if (summary) summaryDue = time + Math.max(SUMMARY_MS, SUMMARY_SPACING * (now() - time))
      const due = last || time - checkpointAt >= job.checkpointEvery
      const taken = due ? step.checkpoint() : null
      if (taken) checkpointAt = time
      resumeFrom = () => taken ?? step.checkpoint()
      untold = () => (summary ? null : step.summary())
      yield { type: 'batch', batch, summary, memory: summary && memory(), checkpoint: taken }
    } else {
      yield step
    }
    await nextTurn()
    const wish = step.type === 'finished' ? null : stop()
    if (wish === 'cancel') return
    if (wish === 'pause') {
      yield { type: 'paused', checkpoint: resumeFrom(), summary: untold() }
      return
    }
  }
}

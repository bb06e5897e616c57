import { setImmediate as nextTurn } from 'node:timers/promises'
import type { CalibrateEvent, CalibrateJob } from '#core/jobContract'
import { runPeekLab, type PeekCheckpoint } from '#core/peekLab/runPeekLab'
import { engineVersion } from '#core/run/runExperiment'
import { datasetOf } from './datasetOf.ts'
import type { RunControl } from './runJob.ts'

/** Between two looks for a pause or a cancel, in milliseconds. */
const TURN_MS = 20
/** The page draws the share of the pilot at most so often. */
const PROGRESS_MS = 100

/**
 * Runs a Peek Lab and says what the host should store, as `runJob` does for a run.
 * @throws what the pilot run throws, and Error when the dataset file is missing or damaged
 */
export async function* calibrateJob(
  job: CalibrateJob,
  control: RunControl,
): AsyncGenerator<CalibrateEvent> {
  const { choice, ops, now, stop } = control
  yield { type: 'started', backend: choice, engineVersion }
  const { checkpointEvery, dataset, ...rest } = job
  const backend = `${choice.name}/${choice.ops}`
  const { ratings } = await datasetOf(dataset, job.spec.environment.kind)
  const input = { ...rest, ops, backend, ratings }
  let toldAt = -Infinity
  let storedAt = now()
  let turnAt = now()
  for await (const step of runPeekLab(input)) {
    if (step.type === 'finished') {
      yield step
      return
    }
    const time = now()
    if (step.type === 'pilot') {
      if (time - toldAt >= PROGRESS_MS) {
        toldAt = time
        yield { type: 'pilot', share: step.share }
      }
    } else if (
      step.done === 1 ||
      step.done === job.repetitions ||
      time - storedAt >= checkpointEvery
    ) {
      storedAt = time
      const { done } = step
      yield { type: 'repetitions', done, report: step.report(), checkpoint: step.checkpoint() }
    }
    if (step.type === 'repetition' && time - turnAt < TURN_MS) continue
    await nextTurn()
    turnAt = now()
    const wish = stop()
    if (wish === 'cancel') return
    if (wish === 'pause') {
      const checkpoint: PeekCheckpoint | null = step.checkpoint()
      if (step.type === 'repetition' && checkpoint) {
        yield { type: 'repetitions', done: step.done, report: step.report(), checkpoint }
      }
      yield { type: 'paused', checkpoint }
      return
    }
  }
}

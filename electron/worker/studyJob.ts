import { setImmediate as nextTurn } from 'node:timers/promises'
import type { StudyEvent, StudyJob } from '#core/jobContract'
import { engineVersion } from '#core/run/engineVersion'
import { studyOf } from '#core/study/index'
import type { StudyData } from '#core/study/study'
import { datasetOf } from './datasetOf.ts'
import { keptVectors } from './keptVectors.ts'
import { machineWords } from './machineWords.ts'
import type { RunControl } from './runJob.ts'

/** Between two looks for a pause or a cancel, in milliseconds. */
const TURN_MS = 20
/** A page draws the share of a stage at most so often. */
const PROGRESS_MS = 100

/**
 * Carries out a study and says what the host should store, as `runJob` does for a run: the first
 * point, the last one, and in between one every `checkpointEvery`.
 * @throws what the study throws, and Error when the dataset file is missing or damaged
 */
export async function* studyJob(
  job: StudyJob,
  control: Omit<RunControl, 'memory'>,
): AsyncGenerator<StudyEvent> {
  const { choice, ops, now, stop } = control
  yield { type: 'started', backend: choice, engineVersion }
  const { kind, spec, seed, checkpoint, checkpointEvery, dataset, models } = job
  const backend = `${choice.name}/${choice.ops}`
  const study = studyOf(kind)
  const wanted = study.dataset(spec)
  const read = wanted ? await datasetOf(dataset, wanted.kind) : noData
  const data = { ...read, models, vectors: dataset && keptVectors(dataset.path) }
  let toldAt = -Infinity
  let storedAt = -Infinity
  let turnAt = now()
  const machine = { now, words: machineWords() }
  for await (const step of study.run({ spec, seed, ops, backend, data, machine, checkpoint })) {
    if (step.type === 'finished') {
      yield { type: 'finished', report: step.report, models: step.models ?? [] }
      return
    }
    const time = now()
    if (step.type === 'progress') {
      if (time - toldAt >= PROGRESS_MS) {
        toldAt = time
        yield { type: 'progress', stage: step.stage, share: step.share }
      }
    } else if (step.done === step.total || time - storedAt >= checkpointEvery) {
      storedAt = time
      yield pointOf(step)
    }
    if (time - turnAt < TURN_MS) continue
    await nextTurn()
    turnAt = now()
    const wish = stop()
    if (wish === 'cancel') return
    if (wish === 'pause') {
      if (step.type === 'point') yield pointOf(step)
      // the host keeps the checkpoint of the point that it has stored last
      yield {
        type: 'paused',
        checkpoint: step.type === 'point' ? null : (step.checkpoint?.() ?? null),
      }
      return
    }
  }
}

const noData: StudyData = { ratings: null, logged: null }

type Point = Extract<StudyEvent, { type: 'point' }>

const pointOf = (step: {
  readonly done: number
  readonly total: number
  readonly report: () => unknown
  readonly checkpoint: () => unknown
}): Point => ({
  type: 'point',
  done: step.done,
  total: step.total,
  report: step.report(),
  checkpoint: step.checkpoint(),
})

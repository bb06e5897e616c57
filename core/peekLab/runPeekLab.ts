import { streams } from '#core/random/philox'
import type { Checkpoint } from '#core/run/batch'
import { measureOf } from '#core/run/measure'
import { engineVersion } from '#core/run/engineVersion'
import { runExperiment } from '#core/run/runExperiment'
import type { CalibrationSpec } from '#core/study/calibration'
import type { StudyInput, StudyStep } from '#core/study/study'
import { peekMethods, type Truth } from './methods.ts'
import { peekReport, pilotFacts, type PeekReport } from './peekReport.ts'
import { PeekCounter, type PeekTally } from './peekTally.ts'
import { noColumns, votesByUser, withChunk, type PilotColumns } from './pilotVotes.ts'
import { largestEffect, resample, shiftTo } from './resample.ts'
import { watch } from './watch.ts'

/** Looks of the methods that do not look after every user. */
const looks = 50

/** Everything a Peek Lab needs to go on. Plain data. */
export interface PeekCheckpoint {
  readonly format: 1
  readonly pilot: Checkpoint | null // null once the pilot is over
  readonly columns: PilotColumns
  readonly tally: PeekTally | null // null before
}

/**
 * Repeats a design as A/A and as A/B, and counts what every engine and two naive methods make of it.
 *
 * Running the networks a thousand times would take days. So one pilot run of the spec gives the
 * votes of its users, and each repetition draws users from it (`resample`). What is kept: votes per
 * user, ties, no-votes, and how alike the votes of one user are. What is not: anything between
 * users, such as the drift of a network that learns.
 *
 * Repetition r draws from streams keyed by (seed, r), so that the result does not depend on where it
 * was interrupted. It awaits nothing by itself.
 * @throws RangeError for a spec that the world can not carry, or when nobody voted in the pilot
 */
export async function* runPeekLab(
  input: StudyInput<CalibrationSpec>,
): AsyncGenerator<StudyStep<PeekReport>> {
  const { seed, backend } = input
  const { experiment: spec, repetitions, effect } = input.spec
  const checkpoint = input.checkpoint as PeekCheckpoint | null
  let columns = checkpoint?.columns ?? noColumns
  if (!checkpoint?.tally) {
    const { ops, data } = input
    const run = { spec, seed, ops, backend, ...data, checkpoint: checkpoint?.pilot ?? null }
    for await (const step of runExperiment(run)) {
      if (step.type === 'batch') {
        columns = withChunk(columns, step.batch.chunk)
        const known = columns
        yield {
          type: 'progress',
          stage: 'pilot',
          share: step.batch.done / step.batch.total,
          checkpoint: (): PeekCheckpoint => ({
            format: 1,
            pilot: step.checkpoint(),
            columns: known,
            tally: null,
          }),
        }
      } else if (step.type === 'progress') {
        yield { type: 'progress', stage: 'pilot', share: 0 }
      }
    }
  }
  const pilot = votesByUser(columns, measureOf(spec).kind)
  if (pilot.votes.length === 0) {
    throw new RangeError(
      `none of the ${pilot.impressions} impressions of the pilot got a vote, so there is nothing to repeat`,
    )
  }
  const shift = shiftTo(pilot, effect)
  const plan = { alpha: spec.analysis.errorRate, horizon: pilot.users }
  const facts = {
    backend,
    engineVersion,
    alpha: spec.analysis.errorRate,
    lockedEngine: spec.analysis.engine,
    looks,
    planned: repetitions,
    wanted: effect,
    largest: largestEffect(pilot),
  }
  const traffic = pilotFacts(pilot)
  const truths: Readonly<Record<'aa' | 'ab', Truth>> = {
    aa: { score: 0.5, sign: 0.5 },
    // how often a majority turns when votes are moved has no simple form
    ab: { score: 0.5 + shift.achieved, sign: shift.achieved === 0 ? 0.5 : null },
  }
  const counter = new PeekCounter(
    peekMethods.map(({ id }) => id),
    checkpoint?.tally ?? undefined,
  )
  const stream = streams(seed)
  const report = () => peekReport(facts, traffic, shift, counter.state())
  const state = (): PeekCheckpoint => ({ format: 1, pilot: null, columns, tally: counter.state() })
  while (counter.done < repetitions) {
    const r = counter.done
    const rng = { users: stream('peek users', r), shift: stream('peek shift', r) }
    const users = resample(pilot, shift, rng)
    counter.add({
      aa: watch(peekMethods, users.aa, plan, truths.aa, looks),
      ab: watch(peekMethods, users.ab, plan, truths.ab, looks),
    })
    yield { type: 'point', done: counter.done, total: repetitions, report, checkpoint: state }
  }
  yield { type: 'finished', report: report() }
}

import type { ComputeOps } from '#core/compute/ops'
import type { RatingsTable } from '#core/dataset/ratingsTable'
import type { ExperimentSpec } from '#core/experimentSpec'
import { streams } from '#core/random/philox'
import type { Checkpoint } from '#core/run/batch'
import { measureOf } from '#core/run/measure'
import { engineVersion, runExperiment } from '#core/run/runExperiment'
import { peekMethods, type Truth } from './methods.ts'
import { peekReport, pilotFacts, type PeekReport } from './peekReport.ts'
import { PeekCounter, type PeekTally } from './peekTally.ts'
import { noColumns, votesByUser, withChunk, type PilotColumns } from './pilotVotes.ts'
import { largestEffect, resample, shiftTo } from './resample.ts'
import { watch } from './watch.ts'

/** Looks of the methods that do not look after every user. */
const looks = 50

/** What is repeated, and how often. */
export interface PeekLabInput {
  readonly spec: ExperimentSpec
  /** Of the pilot run, and of the repetitions. */
  readonly seed: number
  readonly repetitions: number
  /** Δ of the A/B repetitions, in [−0.5, 0.5]. */
  readonly effect: number
  readonly ops: ComputeOps
  readonly backend: string // as it shall stand in the report
  readonly ratings: RatingsTable | null
  readonly checkpoint: PeekCheckpoint | null
}

/** Everything a Peek Lab needs to go on. Plain data. */
export interface PeekCheckpoint {
  readonly format: 1
  readonly pilot: Checkpoint | null // null once the pilot is over
  readonly columns: PilotColumns
  readonly tally: PeekTally | null // null before
}

/** Its functions may be called until the generator is asked for the next step. */
export type PeekStep =
  | {
      readonly type: 'pilot'
      readonly share: number
      readonly checkpoint: () => PeekCheckpoint | null // null before the first batch
    }
  | {
      readonly type: 'repetition'
      readonly done: number
      readonly report: () => PeekReport
      readonly checkpoint: () => PeekCheckpoint
    }
  | { readonly type: 'finished'; readonly report: PeekReport }

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
export async function* runPeekLab(input: PeekLabInput): AsyncGenerator<PeekStep> {
  const { spec, seed, repetitions, effect, backend, checkpoint } = input
  let columns = checkpoint?.columns ?? noColumns
  if (!checkpoint?.tally) {
    const { ops, ratings } = input
    const run = { spec, seed, ops, backend, ratings, checkpoint: checkpoint?.pilot ?? null }
    for await (const step of runExperiment(run)) {
      if (step.type === 'batch') {
        columns = withChunk(columns, step.batch.chunk)
        const known = columns
        yield {
          type: 'pilot',
          share: step.batch.done / step.batch.total,
          checkpoint: () => ({ format: 1, pilot: step.checkpoint(), columns: known, tally: null }),
        }
      } else if (step.type === 'progress') {
        yield { type: 'pilot', share: 0, checkpoint: () => checkpoint }
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
    yield { type: 'repetition', done: counter.done, report, checkpoint: state }
  }
  yield { type: 'finished', report: report() }
}

import { quantileSorted } from 'd3-array'
import { emptyChain, finishChain } from '#core/run/digest'
import { clusterRobust } from '#core/stats/clusterRobust'
import { proportionInterval } from '#core/stats/proportionInterval'
import { peekMethods, type MethodId, type Peeking } from './methods.ts'
import type { MethodTally, PeekTally } from './peekTally.ts'
import type { PilotVotes } from './pilotVotes.ts'
import type { Shift } from './resample.ts'

/** A share of repetitions with its 95 % Wilson interval. */
export interface Rate {
  readonly count: number
  readonly n: number
  readonly value: number
  readonly low: number
  readonly high: number
}

/** Users that had left at the decision, among the repetitions that decided (type 7 quantiles). */
export interface StoppingTimes {
  readonly n: number // repetitions
  readonly p10: number
  readonly p25: number
  readonly median: number
  readonly p75: number
  readonly p90: number
}

export interface MethodReport {
  readonly id: MethodId
  readonly naive: boolean
  readonly peeking: Peeking
  /** Share of A/A repetitions in which it named a side. */
  readonly falsePositives: Rate
  /** Share of A/B repetitions in which it first named the right side, and the wrong one. */
  readonly power: Rate
  readonly wrongSide: Rate
  /** Share of repetitions whose intervals held the truth at all looks; null where it is not known. */
  readonly coverage: { readonly aa: Rate | null; readonly ab: Rate | null }
  /** Null when no repetition decided. */
  readonly stopping: { readonly aa: StoppingTimes | null; readonly ab: StoppingTimes | null }
}

/** The traffic that repetitions are drawn from. */
export interface PilotFacts {
  readonly users: number
  readonly usersVoting: number
  readonly impressions: number
  readonly votes: number
  readonly tieRate: number | null // of the votes
  readonly noVoteRate: number | null // of the impressions
  readonly designEffect: number | null // of a vote against an independent one
}

/** What a Peek Lab says, also while it goes on; plain data without NaN. */
export interface PeekReport {
  readonly backend: string
  readonly engineVersion: string
  readonly alpha: number
  readonly lockedEngine: MethodId
  readonly looks: number
  readonly repetitions: number // done
  readonly planned: number
  readonly pilot: PilotFacts
  readonly effect: {
    readonly wanted: number
    readonly achieved: number
    readonly largest: number // what moving every decisive vote would give
  }
  readonly methods: readonly MethodReport[]
  /** SHA-256 of all stopping times and of this report, rounded to 12 significant digits. */
  readonly digest: string
}

export interface ReportFacts extends Pick<
  PeekReport,
  'backend' | 'engineVersion' | 'alpha' | 'lockedEngine' | 'looks' | 'planned'
> {
  readonly wanted: number
  readonly largest: number
}

/** The result of the repetitions so far. */
export function peekReport(
  facts: ReportFacts,
  pilot: PilotFacts,
  shift: Shift,
  tally: PeekTally,
): PeekReport {
  const { backend, wanted, largest, ...rest } = facts
  const body: Omit<PeekReport, 'backend' | 'digest'> = {
    ...rest,
    repetitions: tally.done,
    pilot,
    effect: { wanted, achieved: shift.achieved, largest },
    methods: peekMethods.flatMap(({ id, naive, peeking }) => {
      const found = tally.methods[id]
      return found ? [{ id, naive, peeking, ...methodReport(found.aa, found.ab, wanted) }] : []
    }),
  }
  const stops = Object.entries(tally.methods).map(([id, { aa, ab }]) => [
    id,
    [...aa.stops],
    [...ab.stops],
  ])
  return { ...body, backend, digest: finishChain(emptyChain, { body, stops }) }
}

function methodReport(
  aa: MethodTally,
  ab: MethodTally,
  wanted: number,
): Omit<MethodReport, 'id' | 'naive' | 'peeking'> {
  const right = wanted < 0 ? -1 : 1
  const count = (stops: Int32Array, side: number): number =>
    stops.reduce((n, stop) => (Math.sign(stop) === side ? n + 1 : n), 0)
  return {
    falsePositives: rate(count(aa.stops, 1) + count(aa.stops, -1), aa.stops.length),
    power: rate(count(ab.stops, right), ab.stops.length),
    wrongSide: rate(count(ab.stops, -right), ab.stops.length),
    coverage: { aa: coverage(aa), ab: coverage(ab) },
    stopping: { aa: stoppingTimes(aa.stops), ab: stoppingTimes(ab.stops) },
  }
}

const coverage = ({ covered, judged }: MethodTally): Rate | null =>
  judged === 0 ? null : rate(covered, judged)

function rate(count: number, n: number): Rate {
  const { low, high } = proportionInterval.wilson(count, n, 0.05)
  return { count, n, value: n === 0 ? 0 : count / n, low, high }
}

function stoppingTimes(stops: Int32Array): StoppingTimes | null {
  const times = [...stops]
    .filter((stop) => stop !== 0)
    .map(Math.abs)
    .sort((a, b) => a - b)
  const at = (p: number): number => quantileSorted(times, p) ?? 0
  if (times.length === 0) return null
  return {
    n: times.length,
    p10: at(0.1),
    p25: at(0.25),
    median: at(0.5),
    p75: at(0.75),
    p90: at(0.9),
  }
}

export function pilotFacts({ users, impressions, start, votes }: PilotVotes): PilotFacts {
  const perUser = Array.from({ length: users }, (_, u) => votes.subarray(start[u], start[u + 1]))
  const voting = perUser.filter((own) => own.length > 0)
  const clusters = voting.map((own) => ({
    votes: own.length,
    voteSum: own.reduce((sum, x) => sum + x, 0),
  }))
  const squares = votes.reduce((sum, x) => sum + x * x, 0)
  const ties = votes.filter((x) => x === 0.5).length
  return {
    users,
    usersVoting: voting.length,
    impressions,
    votes: votes.length,
    tieRate: votes.length === 0 ? null : ties / votes.length,
    noVoteRate: impressions === 0 ? null : 1 - votes.length / impressions,
    designEffect: clusterRobust(clusters, squares, 0.05).designEffect,
  }
}

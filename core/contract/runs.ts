import { z } from 'zod'
import type { DatasetMeta } from '../dataset/datasetMeta.ts'
import { ExperimentSpec, Seed } from '../experimentSpec.ts'
import type { BackendChoice } from '../jobContract.ts'
import { call, stream } from '../rpc/contract.ts'
import { outcomeCodes, type UpdateEvent } from '../run/batch.ts'
import type { Breakdown, RangeAnswer, RunPlaces } from '../run/breakdown.ts'
import type { NetworkRecord } from '../run/networkRecord.ts'
import type { ReplayedImpression } from '../run/replayImpression.ts'
import type { RunSummary } from '../run/summary.ts'
import type { UserNow } from '../run/userNow.ts'
import { RunId, none, run } from './ids.ts'

export const runStates = [
  'queued',
  'running',
  'paused',
  'finished',
  'cancelled',
  'interrupted', // the process died; resume goes on from the last checkpoint
  'failed', // the run itself threw; the reason says what
] as const

export type RunState = (typeof runStates)[number]

/** A row of the list of runs. */
export interface RunRow {
  readonly id: RunId
  readonly experiment: number
  readonly parent: number | null // experiment that this one was forked from
  readonly name: string
  readonly seed: number
  readonly state: RunState
  readonly reason: string | null // of an interrupted or failed run
  readonly done: number // impressions
  readonly total: number
  readonly createdAt: string // ISO 8601
  readonly finishedAt: string | null
  readonly summary: RunSummary | null // of the last stored batch
  readonly tags: readonly string[]
  readonly archived: boolean
  readonly pinned: boolean // the baseline of comparisons
}

/** What people add to a run; what is left out stays as it is. */
export const RunMark = z
  .strictObject({
    tags: z.array(z.string().trim().min(1).max(40)).max(20),
    archived: z.boolean(),
    pinned: z.boolean(),
  })
  .partial()

export type RunMark = z.output<typeof RunMark>

/** A filter of the list of runs that was given a name. */
export const SavedView = z.strictObject({
  name: z.string().trim().min(1).max(60),
  query: z.string().max(2000),
})

export type SavedView = z.output<typeof SavedView>

export interface RunDetail extends RunRow {
  readonly spec: ExperimentSpec
  readonly specHash: string
  readonly backend: BackendChoice | null
  readonly dataset: DatasetMeta | null
  readonly commandLine: string // reruns it
}

/** Points, updates and the latest outcomes that a page has not seen yet. Columns, not objects. */
export interface RunFrame {
  readonly state: RunState
  readonly reason: string | null
  readonly stage: 'preparing' | 'pretraining' | 'serving' | null
  readonly done: number
  readonly total: number
  readonly afterStep: number // last step contained in or before this frame
  readonly points: Float64Array // rows × pointWidth, by `pointMetrics`
  readonly updates: readonly UpdateEvent[]
  readonly ticker: Uint8Array // outcome codes of the newest impressions, at most 50
  readonly summary: RunSummary | null
  readonly impressionsPerSecond: number | null
}

/** What one user of a run was shown and did. */
export interface UserDetail {
  readonly user: number
  readonly requests: readonly {
    readonly index: number // of the impression
    readonly seconds: number
    readonly outcome: ImpressionDetail['outcome']
    readonly vote: number | null
    readonly shown: readonly number[]
    readonly clicked: readonly number[]
    readonly listA: readonly number[]
    readonly listB: readonly number[]
    readonly activenessBefore: number | null // S when the request came; null for the first
    readonly activeness: number // S right after it
  }[]
}

/** A job process reads the stored impressions. */
export type BreakdownEvent =
  | { readonly type: 'progress'; readonly share: number }
  | { readonly type: 'finished'; readonly breakdown: Breakdown }

/** A record of a run's two networks in brief. */
export interface NetworkMoment {
  readonly step: number
  readonly impression: number // served when it was taken
  readonly norm: number | null // ‖W‖; null where no weights are compared
  readonly deltaNorm: number | null // ‖ΔW‖
  readonly rbo: Float32Array // RBO(p = .9) of L and L̃, one per context; NaN where there is none
  readonly costLow: number | null // interval of the exploration cost so far, in clicks
  readonly costHigh: number | null
}

/** One shown list, decoded from its chunk. */
export interface ImpressionDetail {
  readonly index: number
  readonly user: number
  readonly seconds: number
  readonly outcome: 'a' | 'b' | 'tie' | 'noVote'
  readonly vote: number | null
  readonly slots: readonly {
    readonly item: number
    readonly team: number
    readonly clicked: boolean
    readonly rankA: number | null // 1-based; null when not in that list
    readonly rankB: number | null
  }[]
  readonly listA: readonly number[]
  readonly listB: readonly number[]
  /** The list drawn again from the seed; null where the lists of all sides are not stored. */
  readonly replay: ReplayedImpression | null
}

/** Runs: what is asked of them, and what is read back. */
export const runCalls = {
  'runs.start': call(
    z.strictObject({
      spec: z.unknown(),
      seed: Seed,
      parent: z.int().min(1).nullable().default(null),
    }),
    RunId,
  ),
  'runs.list': call(none, z.custom<RunRow[]>()),
  'runs.get': call(run, z.custom<RunDetail>()),
  'runs.pause': call(run, z.null()),
  'runs.resume': call(run, z.null()),
  'runs.cancel': call(run, z.null()),
  /** Ends the job process at once; the run is then interrupted. */
  'runs.kill': call(run, z.null()),
  'runs.delete': call(run, z.null()),
  'runs.mark': call(RunMark.extend({ runs: z.array(RunId).min(1).max(1000) }), z.null()),
  /** Specs of the runs that are there. */
  'runs.specs': call(
    z.strictObject({ runs: z.array(RunId).max(1000) }),
    z.custom<{ run: RunId; spec: ExperimentSpec }[]>(),
  ),
  'views.list': call(none, z.custom<SavedView[]>()),
  'views.save': call(SavedView, z.null()),
  'views.delete': call(z.strictObject({ name: z.string() }), z.null()),
  /** First the stored points after that step, then new ones; at most 20 frames a second. */
  'runs.watch': stream(
    z.strictObject({ run: RunId, afterStep: z.int().min(-1) }),
    z.custom<RunFrame>(),
  ),
  'runs.impression': call(
    z.strictObject({ run: RunId, index: z.int().min(0) }),
    z.custom<ImpressionDetail>(),
  ),
  /** The nearest impression from one on, forwards or back, with an outcome and of a user; null: none. */
  'runs.find': call(
    z.strictObject({
      run: RunId,
      from: z.int().min(0),
      back: z.boolean(),
      outcome: z.enum(outcomeCodes).nullable(),
      user: z.int().min(0).nullable(),
    }),
    z.int().nullable(),
  ),
  /** Users, places, exposure and segments, from all stored impressions. */
  'runs.breakdown': stream(run, z.custom<BreakdownEvent>()),
  /** Of a finished run: the users after the first `from` that left, up to the `to`-th. */
  'runs.range': call(
    z.strictObject({ run: RunId, from: z.int().min(0), to: z.int().min(0) }),
    z.custom<RangeAnswer>(),
  ),
  /** Position × team of what is stored so far, also of a run that goes on. */
  'runs.places': call(run, z.custom<RunPlaces>()),
  'runs.user': call(z.strictObject({ run: RunId, user: z.int().min(0) }), z.custom<UserDetail>()),
  /** What the user would be shown at the newest checkpoint, and by which features. */
  'runs.userNow': call(z.strictObject({ run: RunId, user: z.int().min(0) }), z.custom<UserNow>()),
  /** When the networks of a run were looked at, after a step; see `NetworkRecord`. */
  'runs.networks': call(
    z.strictObject({ run: RunId, afterStep: z.int().min(-1) }),
    z.custom<NetworkMoment[]>(),
  ),
  'runs.network': call(
    z.strictObject({ run: RunId, step: z.int().min(0) }),
    z.custom<NetworkRecord>(),
  ),
  /** The impressions of a run as an interleaving log, in pieces of CSV. */
  'runs.log': stream(run, z.custom<{ readonly text: string }>()),
} as const

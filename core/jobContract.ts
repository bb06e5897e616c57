import { z } from 'zod'
import type { ReportFile } from './contract/reports.ts'
import type { DatasetMeta } from './dataset/datasetMeta.ts'
import type { DatasetProfile } from './dataset/datasetProfile.ts'
import { ImportPlan } from './dataset/importPlan.ts'
import type { RecogniserId } from './dataset/recognise/index.ts'
import type { Sniffed } from './dataset/sniffed.ts'
import type { DecisionView } from './largeAction/tpgr/treeAnswers.ts'
import { SavedModel } from './model/savedModel.ts'
import type { PlanPreview } from './preview/planPreview.ts'
import type { ReportContent } from './report/reportContent.ts'
import type { ReportInput } from './report/reportInput.ts'
import type { ReportPart } from './report/reportParts.ts'
import type { DraftJob, StoredReportJob } from './report/storedReport.ts'
import type { Checkpoint, RunBatch } from './run/batch.ts'
import type { Breakdown, RangeAnswer, RunPlaces } from './run/breakdown.ts'
import type { RunSummary } from './run/summary.ts'
import type { UserNow, UserPast } from './run/userNow.ts'
import { ExperimentSpec, Seed } from './experimentSpec.ts'
import { call, stream } from './rpc/contract.ts'
import type { StudyKind } from './study/index.ts'
import type { WorldSample } from './validity/sampleWorld.ts'
import type { ValidityCheck } from './validity/validityReport.ts'

/** A file of the workspace that a job reads; its path is chosen by the host, never by the page. */
export const DatasetFile = z.strictObject({ name: z.string(), hash: z.string(), path: z.string() })
export type DatasetFile = z.output<typeof DatasetFile>

export const RunJob = z.strictObject({
  spec: ExperimentSpec,
  seed: Seed,
  dataset: DatasetFile.nullable(),
  /** That rankers of the spec name, by hash. */
  models: z.record(z.string(), SavedModel),
  checkpoint: z.custom<Checkpoint>().nullable(),
  /** Milliseconds between two checkpoints; 0 = one with every batch. */
  checkpointEvery: z.int().min(0),
})
export type RunJob = z.output<typeof RunJob>

/** What a job process holds. */
export interface JobMemory {
  readonly megabytes: number // resident
  readonly wasmMegabytes: number // of wasm heaps
  readonly tensors: number
}

/**
 * `checkpoint` and `summary` come with some batches; `paused` carries the checkpoint to go on from, if
 * any was served, and the summary unless the last batch had it.
 */
export type RunEvent =
  | {
      readonly type: 'started'
      readonly backend: BackendChoice
      readonly engineVersion: string
    }
  | {
      readonly type: 'progress'
      readonly stage: 'preparing' | 'pretraining'
      readonly share: number
    }
  | {
      readonly type: 'batch'
      readonly batch: RunBatch
      readonly summary: RunSummary | null // null: not computed for this batch
      readonly memory: JobMemory | null // with a summary
      readonly checkpoint: Checkpoint | null
    }
  | {
      readonly type: 'paused'
      readonly checkpoint: Checkpoint | null
      readonly summary: RunSummary | null
    }
  | { readonly type: 'finished'; readonly summary: RunSummary }

/** A run at a checkpoint, and the side whose network is wanted. */
export const SaveJob = RunJob.omit({ checkpointEvery: true }).extend({
  side: z.int().min(0),
  /** Of the run; null when it was never started. */
  engineVersion: z.string().nullable(),
})
export type SaveJob = z.output<typeof SaveJob>

/** A run at a checkpoint, and the user who asks. */
export const AskJob = SaveJob.omit({ side: true }).extend({ past: z.custom<UserPast>() })
export type AskJob = z.output<typeof AskJob>

/** The compute backend of a job process, and why each better one is not in use. */
export interface BackendChoice {
  readonly name: 'tensorflow-gpu' | 'tensorflow' | 'wasm' | 'cpu'
  readonly ops: 'simd' | 'tfjs'
  readonly rejected: readonly { readonly name: string; readonly reason: string }[]
  readonly versions: Readonly<Record<string, string>>
}

/** A study of `core/study`; `spec` is one that its kind has checked. */
export const StudyJob = z.strictObject({
  kind: z.custom<StudyKind>((kind) => typeof kind === 'string'),
  spec: z.unknown(),
  seed: Seed,
  dataset: DatasetFile.nullable(),
  models: z.record(z.string(), SavedModel), // that its rankers name, by hash
  checkpoint: z.unknown(), // null at the start
  /** Milliseconds between two points that are told; 0 = every one. */
  checkpointEvery: z.int().min(0),
})
export type StudyJob = z.output<typeof StudyJob>

/** As the events of a run: what carries a checkpoint is stored with it in one transaction. */
export type StudyEvent =
  | {
      readonly type: 'started'
      readonly backend: BackendChoice
      readonly engineVersion: string
    }
  | { readonly type: 'progress'; readonly stage: string; readonly share: number }
  | {
      readonly type: 'point'
      readonly done: number
      readonly total: number
      readonly report: unknown
      readonly checkpoint: unknown
    }
  | { readonly type: 'paused'; readonly checkpoint: unknown } // null: go on from the last point
  | {
      readonly type: 'finished'
      readonly report: unknown
      readonly models: readonly SavedModel[]
    }

/** A file that somebody sent: where it lies, and what it is called. */
const SentFile = z.strictObject({ path: z.string(), name: z.string() })

export const ImportJob = z.strictObject({
  file: SentFile,
  companions: z.array(SentFile), // files beside it, such as the items' features
  /** Clicks and orders of an interleaving log in a table of their own, and the seconds they count in. */
  events: z.strictObject({ file: SentFile, window: z.number().positive().nullable() }).nullable(),
  name: z.string().min(1).max(120), // how the dataset will be called
  folder: z.string(), // where the dataset goes
  work: z.string(), // a folder to be made for what is written on the way, and removed
  plan: ImportPlan.nullable(), // null: as the file's head says
  /** Largest share of bad rows; null: none of ratings, 1 % of a log. */
  maxBad: z.number().min(0).max(1).nullable(),
  rejects: z.string(), // file for the rows that are left out
  now: z.number(), // unix seconds
})
export type ImportJob = z.output<typeof ImportJob>

export type { DatasetMeta }

export interface ImportProblem {
  readonly row: number // 1-based line of the file
  readonly column: string
  readonly value: string // shortened
  readonly fix: string
}

export const importStages = ['reading', 'checking', 'writing'] as const

/** What was read and what was left out. */
export interface ImportReport {
  readonly source: RecogniserId | 'mapped'
  readonly columns: readonly string[] // of the file
  readonly rows: number
  readonly bad: number
  /** The first of them, and repeated ratings. */
  readonly problems: readonly ImportProblem[]
  /** Whether the rejects file has the rows that were left out. */
  readonly hasRejects: boolean
}

export type ImportEvent =
  | {
      readonly type: 'progress'
      readonly stage: (typeof importStages)[number]
      readonly share: number // 0 … 1, of everything
      readonly rows: number // so far; 0 when not known yet
    }
  | {
      readonly type: 'finished'
      readonly meta: DatasetMeta
      readonly profile: DatasetProfile
      readonly report: ImportReport
    }

export const PreviewJob = z.strictObject({
  spec: ExperimentSpec,
  dataset: DatasetFile.nullable(),
  models: z.record(z.string(), SavedModel), // that its rankers name, by hash
})
export type PreviewJob = z.output<typeof PreviewJob>

const SpecJob = z.strictObject({ spec: ExperimentSpec })

/** One decision of a saved path policy, for a process that may keep the policy. */
export const DecisionJob = z.strictObject({
  hash: z.string(),
  model: SavedModel.nullable(), // null: the process keeps it already
  seed: Seed,
  dataset: DatasetFile.nullable(),
  start: z.string().nullable(),
  step: z.int().min(0),
  choice: z.enum(['argmax', 'sample']),
})
export type DecisionJob = z.output<typeof DecisionJob>

export const InspectJob = z.strictObject({ file: SentFile, work: z.string() })
export type InspectJob = z.output<typeof InspectJob>

/** What the head of a file shows, before anything is imported. */
export interface Inspection extends Sniffed {
  readonly recognised: { readonly id: RecogniserId; readonly plan: ImportPlan } | null
  readonly companions: readonly string[] // file names that may be sent along
}

/** Impressions of a run that follow those which the process knows; none at the beginning. */
const FoldJob = z.strictObject({
  run: z.int(),
  spec: ExperimentSpec,
  packed: z.custom<readonly Uint8Array[]>(), // chunks as they are stored
})
export type FoldJob = z.output<typeof FoldJob>

/** Host ↔ job process. A process runs one job at a time and is reused. */
export const jobContract = {
  /** `clean`: the last job has given back every tensor, so the process may be used again. */
  'job.ping': call(z.strictObject({}), z.strictObject({ pid: z.int(), clean: z.boolean() })),
  'job.backend': call(z.strictObject({}), z.custom<BackendChoice>()),
  'job.run': stream(RunJob, z.custom<RunEvent>()),
  'job.study': stream(StudyJob, z.custom<StudyEvent>()),
  /** Ends the running `job.run` or `job.study` after its current step with a `paused` event. */
  'job.pause': call(z.strictObject({}), z.null()),
  'job.save': call(SaveJob, SavedModel),
  'job.ask': call(AskJob, z.custom<UserNow>()),
  'job.import': stream(ImportJob, z.custom<ImportEvent>()),
  'job.inspect': call(InspectJob, z.custom<Inspection>()),
  /** The world of the last preview is kept, so that the next one of the same world is at once there. */
  'job.preview': call(PreviewJob, z.custom<PlanPreview>()),
  /** @returns index of the first impression that the process does not know yet */
  'job.fold': call(FoldJob, z.int()),
  /** Of the impressions that were folded. */
  'job.breakdown': call(z.strictObject({ run: z.int() }), z.custom<Breakdown>()),
  'job.places': call(z.strictObject({ run: z.int() }), z.custom<RunPlaces>()),
  'job.range': call(
    z.strictObject({ run: z.int(), from: z.int(), to: z.int() }),
    z.custom<RangeAnswer>(),
  ),
  'job.worldSample': call(SpecJob, z.custom<WorldSample>()),
  'job.worldSigns': call(SpecJob, z.custom<ValidityCheck[]>()),
  /** The policy of the last decision is kept with its world, as the world of the last preview is. */
  'job.decision': call(DecisionJob, z.custom<DecisionView>()),
  'job.report': call(z.custom<ReportInput>(), z.custom<ReportFile>()),
  'job.storedReport': call(z.custom<StoredReportJob>(), z.custom<ReportFile>()),
  'job.reportParts': call(
    z.custom<Pick<StoredReportJob, 'snapshots' | 'language' | 'appVersion'>>(),
    z.custom<Record<string, readonly ReportPart[]>>(),
  ),
  'job.reportDraft': call(z.custom<DraftJob>(), z.custom<ReportContent>()),
} as const

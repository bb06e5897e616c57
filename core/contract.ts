import type { Expectation, Judgement, JudgedExpectation } from './samples/questions/expectation.ts'
import type { QuestionId } from './samples/questions/index.ts'
import { z } from 'zod'
import { AnalysisSpec, ExperimentSpec, Seed } from './experimentSpec.ts'
import type { DatasetMeta } from './dataset/datasetMeta.ts'
import type { DatasetProfile } from './dataset/datasetProfile.ts'
import { ImportPlan } from './dataset/importPlan.ts'
import type {
  BackendChoice,
  ImportReport,
  Inspection,
  JobMemory,
  importStages,
} from './jobContract.ts'
import { keyActionIds } from './keyboard/keyActions.ts'
import { keyProblems } from './keyboard/keyMap.ts'
import { languages, type Language } from './languages.ts'
import type { BiasTable } from './learn/biasTable.ts'
import type { ListLaw } from './learn/listLaws.ts'
import type { PeekingLesson } from './learn/peekingLesson.ts'
import type { WorkedVotes } from './learn/workedVotes.ts'
import type { PlanNeeds } from './planNeeds.ts'
import type {
  DecisionView,
  TreeDetail,
  TreeRow,
  TreesCompared,
  SpaceRow,
} from './largeAction/tpgr/treeAnswers.ts'
import type { PlanPreview } from './preview/planPreview.ts'
import { byteOrderMarks } from './report/byteOrderMark.ts'
import { papers, ReportContent, ReportSource, type Paper } from './report/reportContent.ts'
import type { ReportPart } from './report/reportParts.ts'
import type { TemplateId } from './report/templates.ts'
import { call, stream } from './rpc/contract.ts'
import { outcomeCodes, type UpdateEvent } from './run/batch.ts'
import type { Breakdown, RangeAnswer, RunPlaces } from './run/breakdown.ts'
import type { NetworkRecord } from './run/networkRecord.ts'
import type { ReplayedImpression } from './run/replayImpression.ts'
import type { RunSummary } from './run/summary.ts'
import type { UserNow } from './run/userNow.ts'
import type { StudyKind, StudyReport, StudySpec } from './study/index.ts'
import type { NodePage } from './tree/nodePage.ts'
import type { WorldSample } from './validity/sampleWorld.ts'
import type { ValidityCheck } from './validity/validityReport.ts'
import type { TreeChange } from './tree/treeChange.ts'
import { nodeOrders, type NodeWindow } from './tree/nodeWindow.ts'

export const RunId = z.int().min(1)
export type RunId = z.output<typeof RunId>

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

export const StudyId = z.int().min(1)
export type StudyId = z.output<typeof StudyId>

const StudyKindName = z.custom<StudyKind>((kind) => typeof kind === 'string') // the host knows them

type StudyFacts = {
  readonly id: StudyId
  readonly name: string
  readonly seed: number
  readonly state: RunState
  readonly reason: string | null // of an interrupted or failed one
  readonly done: number // points, in units of the study
  readonly total: number
  readonly createdAt: string // ISO 8601
  readonly finishedAt: string | null
}

/** A row of the list of studies: what was asked for, and where it stands. */
export type StudyRow<Kind extends StudyKind = StudyKind> = {
  readonly [K in Kind]: StudyFacts & { readonly kind: K; readonly spec: StudySpec<K> }
}[Kind]

export type StudyDetail<Kind extends StudyKind = StudyKind> = {
  readonly [K in Kind]: StudyRow<K> & {
    readonly report: StudyReport<K> | null // of the points stored last
    readonly digest: string | null // of the report; equal for the same spec and seed
    readonly backend: BackendChoice | null
    readonly engineVersion: string | null
    readonly dataset: DatasetMeta | null
    readonly commandLine: string // repeats it
  }
}[Kind]

/** Where a study stands. */
export type StudyFrame<Kind extends StudyKind = StudyKind> = {
  readonly [K in Kind]: Pick<StudyFacts, 'state' | 'reason' | 'done' | 'total'> & {
    readonly kind: K
    readonly stage: string | null // null while nothing is computed, or between stages
    readonly share: number // of the stage, 0 … 1
    readonly report?: StudyReport<K> | null // left out when it has not changed
  }
}[Kind]

const ModelId = z.int().min(1)
export type ModelId = z.output<typeof ModelId>

/** Where a model comes from: enough to train it again. What it names may be deleted since. */
export type ModelProvenance = {
  readonly seed: number
  readonly spec: unknown // of the study or of the run
  readonly dataset: string | null // hash
  readonly engineVersion: string | null
  /** File that brought it here; its study or run is of another workspace. */
  readonly imported?: string | undefined
} & (
  | { readonly study: StudyId; readonly studyKind: StudyKind }
  | { readonly run: RunId; readonly side: number; readonly impressions: number }
)

/** A row of the list of models. */
export interface ModelRow {
  readonly id: ModelId
  readonly name: string
  readonly kind: string // who can read it
  readonly hash: string // of the content, see `modelHash`
  readonly numbers: number // that it holds
  readonly provenance: ModelProvenance
  readonly metrics: Readonly<Record<string, number | null>>
  readonly createdAt: string // ISO 8601
}

export interface ModelDetail extends ModelRow {
  readonly params: unknown
  readonly arrays: readonly { readonly name: string; readonly shape: readonly number[] }[]
  readonly uses: readonly ModelUse[]
}

/** A run with a ranker that is a model. */
export interface ModelUse {
  readonly id: RunId
  readonly name: string
  readonly state: RunState
  readonly needsIt: boolean // not finished: the model can not be deleted
}

/** What names a dataset. */
export interface DatasetUse {
  readonly kind: 'run' | 'model' | StudyKind
  readonly id: number
  readonly name: string
  readonly state: RunState // a model that was trained on it is finished
  /** Not finished, or a model that ranks on nothing else: the dataset can not be deleted. */
  readonly needsIt: boolean
}

/** A dataset with everything that is known of it. */
export interface DatasetDetail {
  readonly meta: DatasetMeta
  readonly profile: DatasetProfile | null // null when it was imported by an earlier version
  readonly note: string // licence and the like, in the user's words
  readonly importedAt: string // ISO 8601
  readonly uses: readonly DatasetUse[]
}

export type DatasetImportEvent =
  | {
      readonly type: 'progress'
      readonly stage: (typeof importStages)[number]
      readonly share: number // 0 … 1
      readonly rows: number
    }
  | {
      readonly type: 'finished'
      readonly meta: DatasetMeta
      readonly report: ImportReport
      readonly isNew: boolean // false: the workspace had this content under this name already
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

export const reportFormatIds = ['html', 'pdf', 'md', 'csv', 'xlsx', 'json', 'duelist'] as const
/** Formats of the report of a study. */
export const studyFormatIds = ['html', 'md', 'csv', 'json'] as const

export { languages, type Language }

export interface ReportFile {
  readonly name: string // suggested file name
  readonly mime: string
  readonly text: string // empty where the file is no text
  readonly bytes?: Uint8Array
  /** Files that it shows, to be kept in the same folder. */
  readonly beside?: readonly { readonly name: string; readonly text: string }[]
}

const ReportId = z.int().min(1)
export type ReportId = z.output<typeof ReportId>

/** A file that was made of a report. */
export interface ReportExport {
  readonly at: string // ISO 8601
  readonly name: string
  readonly format: (typeof reportFormatIds)[number]
  readonly language: Language
  readonly bytes: number
  readonly sha256: string
}

/** A source of a report, and whether what was quoted is still what it says. */
export interface ReportQuote extends ReportSource {
  readonly name: string
  readonly takenAt: string // ISO 8601
  readonly state: 'fresh' | 'stale' | 'gone' // gone: this workspace does not have it
  /** The dataset that it read, where the workspace holds another one by that name, or none, by now. */
  readonly dataChanged: {
    readonly name: string
    readonly before: string // hash
    readonly after: string | null
  } | null
}

/** A row of the list of reports. */
export interface ReportRow {
  readonly id: ReportId
  readonly title: string
  readonly languages: readonly Language[]
  readonly paper: Paper
  readonly blocks: number
  readonly quotes: readonly ReportQuote[]
  readonly createdAt: string // ISO 8601
  readonly updatedAt: string
  readonly lastExport: ReportExport | null
}

export interface ReportDetail extends ReportRow {
  readonly content: ReportContent
  readonly exports: readonly ReportExport[] // newest first
}

export interface AppInfo {
  readonly version: string
  readonly engineVersion: string // of the engine that computes now
  readonly host: 'electron' | 'browser' | 'cli'
  readonly workspace: string // file name only
  readonly backend: BackendChoice | null // null until the first probe has answered
  readonly node: string
  readonly platform: string
}

export interface AppStatus {
  readonly running: number
  readonly queued: number
  readonly memoryMegabytes: number // host process
  readonly workers: number // job processes that are alive, the spare one among them
  readonly databaseMegabytes: number
  readonly jobs: readonly JobRow[]
}

export interface JobRow {
  readonly id: string
  readonly kind: 'run' | 'import' | 'study'
  readonly label: string
  readonly run: RunId | null
  readonly study: { readonly id: StudyId; readonly kind: StudyKind } | null
  readonly share: number // 0 … 1
  /** Impressions of a run, rows of an import. */
  readonly perSecond: number | null
  /** Of its process, and whether its tensors grew over the last 1,000 updates; null where not told. */
  readonly memory: (JobMemory & { readonly grows: boolean }) | null
}

/** Told to every page, so that lists follow without polling. */
export type HostEvent =
  | { readonly type: 'run'; readonly row: RunRow }
  | { readonly type: 'runDeleted'; readonly id: RunId }
  | { readonly type: 'datasets' }
  | { readonly type: 'studies' }
  | { readonly type: 'reports' }
  | { readonly type: 'status'; readonly status: AppStatus }

/** Runs that answer a question of the DRN paper's readers, side by side. */
export interface QuestionRow {
  readonly id: QuestionId
  readonly seed: number
  readonly runs: readonly ExperimentSpec[]
  readonly expected: readonly Expectation[]
  /** What came out when it was last played; one part per statement of `expected`. */
  readonly played: {
    readonly seeds: number
    readonly judgement: Judgement
    readonly parts: readonly JudgedExpectation[]
  }
}

export interface SampleRow {
  readonly id: string
  readonly spec: ExperimentSpec
  readonly seed: number
}

export const specRules = [
  'poolBelowList',
  'ratingsAboveItems',
  'ratingsAboveHalf',
  'typesAboveItems',
  'rankersInExplore',
  'tooFewRankers',
  'splitEngine',
  'methodRankers',
  'scoreSigns',
  'scoreBound',
  'correctionAnytime',
  'correctionEBh',
  'fixedWeights',
  'marginalSlots',
  'teamCredit',
  'tooManySides',
  'centreWithoutV',
] as const
type SpecRule = (typeof specRules)[number]

export interface SpecIssue {
  readonly path: string // 'explorer.alpha'
  readonly message: string
  readonly value: unknown
  readonly fix: unknown // a value that would be accepted, when one is known
  /** What several fields break together; its words are `issues.<rule>` of the page. */
  readonly rule?: SpecRule
}

export interface AuditRow {
  readonly at: string // ISO 8601
  readonly action: string
  readonly subject: string
  readonly detail: string
}

/** Effective items below which the gauge of item collapse changes, as a share of the popularity policy's. */
const CollapseShare = z.number().min(0.01).max(10)

export const Settings = z.strictObject({
  concurrency: z.int().min(1).max(64).default(2).describe('runs at the same time'),
  language: z.enum(['system', ...languages]).default('system'),
  theme: z.enum(['system', 'light', 'dark']).default('system'),
  singleKeys: z.boolean().default(true).describe('single letters are shortcuts'),
  motion: z.enum(['system', 'reduced']).default('system'),
  // what new forms begin with; a spec keeps its own
  seed: Seed.default(1).describe('of a new experiment'),
  errorRate: AnalysisSpec.shape.errorRate.describe('of a new experiment'),
  equivalence: AnalysisSpec.shape.equivalence.describe('of a new experiment'),
  reportLanguage: z.enum(['page', ...languages, 'both']).default('page'),
  paper: z.enum(papers).default('A4').describe('of a new report'),
  csvMark: z.enum(byteOrderMarks).default('language').describe('byte order mark of CSV files'),
  collapseAmber: CollapseShare.default(1),
  collapseRed: CollapseShare.default(0.5),
  keys: z
    .partialRecord(z.enum(keyActionIds), z.string().nullable())
    .superRefine((keys, context) => {
      for (const { id, message } of keyProblems(keys)) {
        context.addIssue({ code: 'custom', path: [id], message })
      }
    })
    .default({})
    .describe('of actions, where they differ from the defaults; null: none'),
})
export type Settings = z.output<typeof Settings>

/** What is left out stays as it is; so no default may be filled in, as `Settings.partial()` does. */
const SettingsChange = z
  .strictObject({
    concurrency: Settings.shape.concurrency.unwrap(),
    language: Settings.shape.language.unwrap(),
    theme: Settings.shape.theme.unwrap(),
    singleKeys: Settings.shape.singleKeys.unwrap(),
    motion: Settings.shape.motion.unwrap(),
    seed: Settings.shape.seed.unwrap(),
    errorRate: Settings.shape.errorRate.unwrap(),
    equivalence: Settings.shape.equivalence.unwrap(),
    reportLanguage: Settings.shape.reportLanguage.unwrap(),
    paper: Settings.shape.paper.unwrap(),
    csvMark: Settings.shape.csvMark.unwrap(),
    collapseAmber: Settings.shape.collapseAmber.unwrap(),
    collapseRed: Settings.shape.collapseRed.unwrap(),
    keys: Settings.shape.keys.unwrap(),
  })
  .partial()

const none = z.strictObject({})
/** Few enough for every list to be listed. */
const ShortRanking = z.array(z.string().trim().min(1).max(12)).min(1).max(5)
const VoteCount = z.int().min(0).max(100_000)
const run = z.strictObject({ run: RunId })
const study = z.strictObject({ study: StudyId })
const model = z.strictObject({ model: ModelId })
const report = z.strictObject({ report: ReportId })

/** Everything that crosses the border between page and host. */
export const contract = {
  'app.info': call(none, z.custom<AppInfo>()),
  'app.events': stream(none, z.custom<HostEvent>()),
  'settings.get': call(none, Settings),
  'settings.set': call(SettingsChange, Settings),
  /** Ends an import that is under way; runs and studies have calls of their own. */
  'jobs.cancel': call(z.strictObject({ job: z.string().max(40) }), z.null()),
  'audit.list': call(
    z.strictObject({
      limit: z.int().min(1).max(100_000),
      subject: z.string().max(200).nullable().default(null), // 'run 12'; null: of everything
    }),
    z.custom<AuditRow[]>(),
  ),

  'samples.list': call(none, z.custom<SampleRow[]>()),
  'questions.list': call(none, z.custom<QuestionRow[]>()),
  /** JSON Schema of an ExperimentSpec, for the form. */
  'spec.schema': call(none, z.custom<Record<string, unknown>>()),
  /** Fills in defaults and migrates old versions; every problem names its field. */
  'spec.check': call(
    z.strictObject({ spec: z.unknown() }),
    z.custom<{
      spec: ExperimentSpec | null
      issues: SpecIssue[]
      total: number | null
      needs: PlanNeeds | null
    }>(),
  ),

  /** What a plan shows first; null for a spec that has issues, and for worlds that are made of a log. */
  'spec.preview': call(
    z.strictObject({ spec: z.unknown() }),
    z.custom<{ preview: PlanPreview | null; reason: 'invalid' | 'logged' | null }>(),
  ),

  /** A generated world as its settings make it; null for a spec that has issues, and for other worlds. */
  'worlds.sample': call(z.strictObject({ spec: z.unknown() }), z.custom<WorldSample | null>()),
  'worlds.signs': call(z.strictObject({ spec: z.unknown() }), z.custom<ValidityCheck[] | null>()),

  /** Worked examples of the Learn page, by the functions that runs use. */
  'learn.laws': call(
    z.strictObject({ a: ShortRanking, b: ShortRanking, length: z.int().min(1).max(6) }),
    z.custom<ListLaw[]>(),
  ),
  'learn.votes': call(
    z.strictObject({ winsA: VoteCount, winsB: VoteCount, ties: VoteCount }),
    z.custom<WorkedVotes>(),
  ),
  'learn.lessons': call(none, z.custom<{ bias: BiasTable; peeking: PeekingLesson }>()),

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

  /** JSON Schema of the spec of a kind of study, for the form. */
  'studies.schema': call(
    z.strictObject({ kind: StudyKindName }),
    z.custom<Record<string, unknown>>(),
  ),
  /** As `spec.check`. */
  'studies.check': call(
    z.strictObject({ kind: StudyKindName, spec: z.unknown() }),
    z.custom<{ spec: StudySpec<StudyKind> | null; issues: SpecIssue[]; total: number | null }>(),
  ),
  'studies.start': call(
    z.strictObject({ kind: StudyKindName, spec: z.unknown(), seed: Seed }),
    StudyId,
  ),
  /** Newest first. */
  'studies.list': call(none, z.custom<StudyRow[]>()),
  'studies.get': call(study, z.custom<StudyDetail>()),
  'studies.pause': call(study, z.null()),
  'studies.resume': call(study, z.null()),
  'studies.cancel': call(study, z.null()),
  'studies.delete': call(study, z.null()),
  /** The state and the newest report, and then again whenever they change; at most 10 a second. */
  'studies.watch': stream(study, z.custom<StudyFrame>()),
  /** Of a finished log analysis or off-policy evaluation. */
  'studies.report': call(
    z.strictObject({
      study: StudyId,
      format: z.enum(studyFormatIds),
      language: z.enum(languages),
    }),
    z.custom<ReportFile>(),
  ),
  /** What finished trainings have left, newest first. */
  'models.list': call(none, z.custom<ModelRow[]>()),
  'models.get': call(model, z.custom<ModelDetail>()),
  'models.rename': call(model.extend({ name: z.string().trim().min(1).max(120) }), z.null()),
  'models.delete': call(model, z.null()),
  /**
   * The network that a side of a run had learnt at its newest checkpoint, as a model. Saving it twice
   * gives the same model.
   */
  'models.saveFromRun': call(
    run.extend({
      side: z.int().min(0).default(0),
      name: z.string().trim().min(1).max(120).nullable().default(null), // null: of run and side
    }),
    ModelId,
  ),
  /** Takes in an uploaded file that `models.export` wrote; a model that is here already stays the one. */
  'models.import': call(
    z.strictObject({ upload: z.string() }),
    z.strictObject({ model: ModelId, isNew: z.boolean() }),
  ),
  /** As a safetensors file. */
  'models.export': call(model, z.custom<ReportFile>()),
  /** Models that hold a tree, newest first. */
  'trees.list': call(none, z.custom<TreeRow[]>()),
  'trees.get': call(model, z.custom<TreeDetail>()),
  /** A node by its children from the root down ('7.3'; '' is the root), and one level below. */
  'trees.node': call(model.extend({ path: z.string().max(200) }), z.custom<NodePage>()),
  /** Children of a node from one place of an order on: a node may have more than its page holds. */
  'trees.rows': call(
    model.extend({
      path: z.string().max(200),
      by: z.enum(nodeOrders),
      falling: z.boolean(),
      first: z.int().min(0),
      count: z.int().min(1).max(500),
    }),
    z.custom<NodeWindow>(),
  ),
  /** What a tree would be like if items came and went without a rebuild. */
  'trees.change': call(
    model.extend({
      remove: z.array(z.string().max(200)).max(10_000),
      add: z
        .array(
          z.union([
            z.strictObject({ like: z.array(z.string().max(200)).min(1).max(100) }),
            z.strictObject({ vector: z.array(z.number()).min(1).max(4096) }),
          ]),
        )
        .max(1000),
    }),
    z.custom<TreeChange>(),
  ),
  /** One decision for a user (or a start of world B) after so many others of his. */
  'trees.decision': call(
    model.extend({
      /** Id of the user in the dataset, or his number; null: the first one held back. */
      start: z.string().max(200).nullable(),
      step: z.int().min(0).max(1000),
      choice: z.enum(['argmax', 'sample']),
    }),
    z.custom<DecisionView>(),
  ),
  /** The path to an item, by its id in the dataset or its number. */
  'trees.locate': call(model.extend({ item: z.string().max(200) }), z.string()),
  /** Item vectors of the newest trees over the items of one, beside its own. */
  'trees.spaces': call(model, z.custom<readonly SpaceRow[]>()),
  'trees.compare': call(z.strictObject({ a: ModelId, b: ModelId }), z.custom<TreesCompared>()),
  /** The impressions of a run as an interleaving log, in pieces of CSV. */
  'runs.log': stream(run, z.custom<{ readonly text: string }>()),

  /** The standard report of a run, or some parts of it. */
  'reports.render': call(
    z.strictObject({
      run: RunId,
      format: z.enum(reportFormatIds),
      language: z.enum(languages),
      parts: z.array(z.string().max(40)).min(1).max(100).nullable().default(null),
    }),
    z.custom<ReportFile>(),
  ),
  'reports.list': call(none, z.custom<ReportRow[]>()),
  'reports.get': call(report, z.custom<ReportDetail>()),
  /** A new one, of these runs and studies as they are now. */
  'reports.create': call(
    z.strictObject({
      template: z.custom<TemplateId>((id) => typeof id === 'string'),
      sources: z.array(ReportSource.pick({ kind: true }).extend({ id: z.int().min(1) })).max(50),
      title: ReportContent.shape.title.nullable().default(null), // null: as its first source
      language: z.enum(languages), // of its title where it has none
      languages: ReportContent.shape.languages.nullable().default(null), // null: that one alone
      paper: ReportContent.shape.paper.default('A4'),
    }),
    ReportId,
  ),
  'reports.save': call(report.extend({ content: ReportContent }), z.null()),
  /** Keeps a run or a study for a report, as it is now. @returns its key there */
  'reports.quote': call(
    report.extend({ kind: ReportSource.shape.kind, id: z.int().min(1) }),
    ReportSource.shape.key,
  ),
  /** Looks at all sources again. */
  'reports.recompute': call(report, z.null()),
  /** What each source has to offer, by its key. */
  'reports.parts': call(
    report.extend({ language: z.enum(languages) }),
    z.custom<Record<string, readonly ReportPart[]>>(),
  ),
  /** As the HTML would be exported. */
  'reports.preview': call(report.extend({ language: z.enum(languages) }), z.string()),
  'reports.export': call(
    report.extend({ format: z.enum(reportFormatIds), language: z.enum(languages) }),
    z.custom<ReportFile>(),
  ),
  /** The file of the last export of that name was not kept after all: its dialog was cancelled. */
  'reports.withdraw': call(report.extend({ name: z.string() }), z.null()),
  'reports.duplicate': call(report.extend({ title: ReportContent.shape.title }), ReportId),
  'reports.delete': call(report, z.null()),

  /** Takes the run or the report of an uploaded `.duelist` file into the workspace. */
  'bundles.open': call(
    z.strictObject({ upload: z.string() }),
    z.custom<{ readonly run: RunId } | { readonly report: ReportId }>(),
  ),

  'datasets.list': call(none, z.custom<DatasetMeta[]>()),
  'datasets.get': call(z.strictObject({ name: z.string() }), z.custom<DatasetDetail>()),
  'datasets.setNote': call(
    z.strictObject({ name: z.string(), note: z.string().max(4000) }),
    z.null(),
  ),
  'datasets.delete': call(z.strictObject({ name: z.string() }), z.null()),
  /** A file is sent in pieces of at most 256 KiB, in order, then imported. */
  'uploads.begin': call(z.strictObject({ fileName: z.string().min(1).max(255) }), z.string()),
  'uploads.append': call(
    z.strictObject({ upload: z.string(), bytes: z.instanceof(Uint8Array) }),
    z.null(),
  ),
  'uploads.abort': call(z.strictObject({ upload: z.string() }), z.null()),
  /** What the head of an upload shows, with the mapping that its headers had the last time. */
  'uploads.inspect': call(
    z.strictObject({ upload: z.string() }),
    z.custom<Inspection & { readonly remembered: ImportPlan | null }>(),
  ),
  /** The rows that the last import of an upload left out, as pieces of a CSV file. */
  'uploads.rejects': call(
    z.strictObject({ upload: z.string(), from: z.int().min(0) }),
    z.custom<{ readonly bytes: Uint8Array; readonly total: number }>(),
  ),
  /** The upload stays until it is aborted, so that it can be imported in another way. */
  'datasets.import': stream(
    z.strictObject({
      upload: z.string(),
      companions: z.array(z.string()).max(4).default([]), // uploads of files beside it
      /** Upload of the clicks and orders of an interleaving log, and the seconds in which they count. */
      events: z
        .strictObject({
          upload: z.string(),
          window: z.number().positive().max(31_536_000).nullable(),
        })
        .nullable()
        .default(null),
      name: z.string().trim().min(1).max(120),
      plan: ImportPlan.nullable().default(null), // null: as the file's head says
      maxBad: z.number().min(0).max(1).nullable().default(null),
    }),
    z.custom<DatasetImportEvent>(),
  ),
} as const

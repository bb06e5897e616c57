import { z } from 'zod'
import type { DatasetMeta } from '../dataset/datasetMeta.ts'
import { Seed } from '../experimentSpec.ts'
import type { BackendChoice } from '../jobContract.ts'
import { languages } from '../languages.ts'
import { call, stream } from '../rpc/contract.ts'
import type { StudyKind, StudyReport, StudySpec } from '../study/index.ts'
import { StudyId, none, study } from './ids.ts'
import type { ReportFile } from './reports.ts'
import type { RunState } from './runs.ts'
import type { SpecIssue } from './specs.ts'

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

/** Formats of the report of a study. */
export const studyFormatIds = ['html', 'md', 'csv', 'json'] as const

/** Studies: whatever takes long and is no run. */
export const studyCalls = {
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
} as const

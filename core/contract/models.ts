import { z } from 'zod'
import { call } from '../rpc/contract.ts'
import type { StudyKind } from '../study/index.ts'
import { ModelId, RunId, StudyId, model, none, run } from './ids.ts'
import type { ReportFile } from './reports.ts'
import type { RunState } from './runs.ts'

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

/** Saved models. */
export const modelCalls = {
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
} as const

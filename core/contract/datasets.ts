import { z } from 'zod'
import type { DatasetMeta } from '../dataset/datasetMeta.ts'
import type { DatasetProfile } from '../dataset/datasetProfile.ts'
import { ImportPlan } from '../dataset/importPlan.ts'
import type { ImportReport, Inspection, importStages } from '../jobContract.ts'
import { call, stream } from '../rpc/contract.ts'
import type { StudyKind } from '../study/index.ts'
import { none } from './ids.ts'
import type { RunState } from './runs.ts'

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

/** Datasets, and the uploads that they are imported from. */
export const datasetCalls = {
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

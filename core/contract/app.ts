import { z } from 'zod'
import type { BackendChoice, JobMemory } from '../jobContract.ts'
import { call, stream } from '../rpc/contract.ts'
import type { StudyKind } from '../study/index.ts'
import { RunId, StudyId, none } from './ids.ts'
import type { RunRow } from './runs.ts'

export interface AppInfo {
  readonly version: string
  readonly engineVersion: string // of the engine that computes now
  readonly host: 'electron' | 'browser' | 'cli'
  readonly workspace: string // file name only
  readonly backend: BackendChoice | null // null until the first probe has answered
  readonly node: string
  readonly platform: string
}

/** Why the workspace can not be written. */
export type StorageFault = 'full' | 'readOnly' | 'refused'

export interface AppStatus {
  readonly running: number
  readonly queued: number
  readonly memoryMegabytes: number // host process
  readonly workers: number // job processes that are alive, the spare one among them
  readonly databaseMegabytes: number
  readonly storage: StorageFault | null // while a result waits to be stored
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
  | { readonly type: 'settings' }
  | { readonly type: 'status'; readonly status: AppStatus }

export interface AuditRow {
  readonly at: string // ISO 8601
  readonly action: string
  readonly subject: string
  readonly detail: string
}

/** The program itself: what runs, what was done. */
export const appCalls = {
  'app.info': call(none, z.custom<AppInfo>()),
  'app.events': stream(none, z.custom<HostEvent>()),
  /** Ends an import that is under way; runs and studies have calls of their own. */
  'jobs.cancel': call(z.strictObject({ job: z.string().max(40) }), z.null()),
  'audit.list': call(
    z.strictObject({
      limit: z.int().min(1).max(100_000),
      subject: z.string().max(200).nullable().default(null), // 'run 12'; null: of everything
    }),
    z.custom<AuditRow[]>(),
  ),
} as const

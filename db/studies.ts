import type { StudyId } from '#core/contract/ids'
import type { RunState } from '#core/contract/runs'
import type { StudyRow } from '#core/contract/studies'
import type { BackendChoice, DatasetMeta } from '#core/jobContract'
import { decodeFrame, encodeFrame } from '#core/rpc/frame'
import { canonicalJson } from '#core/specHash'
import type { StudyKind, StudyReport } from '#core/study/index'
import type { WriteDb } from './handle.ts'

/** What is stored of a study besides its checkpoint. */
export type StoredStudy = {
  readonly [K in StudyKind]: StudyRow<K> & {
    readonly report: StudyReport<K> | null
    readonly backend: BackendChoice | null
    readonly engineVersion: string | null
    readonly dataset: DatasetMeta | null
  }
}[StudyKind]

/** Where a study stands, without what takes long to read. */
type StudyProgress = Pick<StudyRow, 'id' | 'kind' | 'name' | 'state' | 'reason' | 'done' | 'total'>

interface NewStudy {
  readonly kind: StudyKind
  readonly name: string
  readonly spec: unknown
  readonly seed: number
  readonly total: number
  readonly dataset: DatasetMeta | null
  readonly at: string
}

/** Studies of every kind, one row each. */
export interface Studies {
  /** Stored as queued. */
  create(study: NewStudy): StudyId
  /** Newest first. */
  list(): readonly StudyRow[]
  get(id: StudyId): StoredStudy | undefined
  progress(id: StudyId): StudyProgress | undefined
  inState(...states: readonly RunState[]): readonly StudyId[]
  /** Null at the start. */
  checkpoint(id: StudyId): unknown
  /** @param finishedAt null while it may go on */
  setState(id: StudyId, state: RunState, reason: string | null, finishedAt: string | null): void
  setBackend(id: StudyId, backend: BackendChoice, engineVersion: string): void
  /** A report and the checkpoint that goes on from it, in one statement. */
  save(id: StudyId, point: StudyPoint): void
  saveCheckpoint(id: StudyId, checkpoint: unknown): void
  /** The last report; the checkpoint is not needed any more. */
  finish(id: StudyId, report: unknown): void
  remove(id: StudyId): void
}

interface StudyPoint {
  readonly done: number
  readonly total: number
  readonly report: unknown
  readonly checkpoint: unknown
}

export function studies(db: WriteDb): Studies {
  const facts = 'id, kind, name, seed, state, reason, done, total, created_at, finished_at, spec'
  const all = db.read<[], RowColumns>(`SELECT ${facts} FROM study ORDER BY id DESC`)
  const one = db.read<[StudyId], StoredColumns>(
    `SELECT ${facts}, backend, engine_version, dataset, report FROM study WHERE id = ?`,
  )
  const place = db.read<[StudyId], StudyProgress>(
    'SELECT id, kind, name, state, reason, done, total FROM study WHERE id = ?',
  )
  const states = db.read<[], { readonly id: StudyId; readonly state: RunState }>(
    'SELECT id, state FROM study ORDER BY id',
  )
  const frame = db.read<[StudyId], { readonly checkpoint: Uint8Array | null }>(
    'SELECT checkpoint FROM study WHERE id = ?',
  )
  const insert = db.write<[string, string, string, number, number, string | null, string]>(
    `INSERT INTO study (kind, name, spec, seed, state, total, dataset, created_at)
     VALUES (?, ?, ?, ?, 'queued', ?, ?, ?)`,
  )
  const state = db.write<[RunState, string | null, string | null, StudyId]>(
    'UPDATE study SET state = ?, reason = ?, finished_at = ? WHERE id = ?',
  )
  const backend = db.write<[string, string, StudyId]>(
    'UPDATE study SET backend = ?, engine_version = ? WHERE id = ?',
  )
  const point = db.write<[number, number, string, Uint8Array, StudyId]>(
    'UPDATE study SET done = ?, total = ?, report = ?, checkpoint = ? WHERE id = ?',
  )
  const checkpoint = db.write<[Uint8Array, StudyId]>('UPDATE study SET checkpoint = ? WHERE id = ?')
  const end = db.write<[string, StudyId]>(
    'UPDATE study SET done = total, report = ?, checkpoint = NULL WHERE id = ?',
  )
  const remove = db.write<[StudyId]>('DELETE FROM study WHERE id = ?')
  return {
    create({ kind, name, spec, seed, total, dataset, at }) {
      const meta = dataset && JSON.stringify(dataset)
      const row = insert.run(kind, name, canonicalJson(spec), seed, total, meta, at)
      return Number(row.lastInsertRowid)
    },
    list: () => all.all().map(toRow),
    get(id) {
      const row = one.get(id)
      return row && toStored(row)
    },
    progress: (id) => place.get(id),
    inState: (...wanted) =>
      states
        .all()
        .filter((row) => wanted.includes(row.state))
        .map(({ id }) => id),
    checkpoint(id) {
      const stored = frame.get(id)?.checkpoint
      return stored ? decodeFrame(new Uint8Array(stored).buffer) : null
    },
    setState: (id, name, reason, finishedAt) => void state.run(name, reason, finishedAt, id),
    setBackend: (id, choice, engine) => void backend.run(JSON.stringify(choice), engine, id),
    save: (id, { done, total, report, checkpoint: from }) =>
      void point.run(done, total, JSON.stringify(report), encodeFrame(from), id),
    saveCheckpoint: (id, from) => void checkpoint.run(encodeFrame(from), id),
    finish: (id, report) => void end.run(JSON.stringify(report), id),
    remove: (id) => void remove.run(id),
  }
}

interface RowColumns {
  readonly id: StudyId
  readonly kind: StudyKind
  readonly name: string
  readonly seed: number
  readonly state: RunState
  readonly reason: string | null
  readonly done: number
  readonly total: number
  readonly created_at: string
  readonly finished_at: string | null
  readonly spec: string
}

interface StoredColumns extends RowColumns {
  readonly backend: string | null
  readonly engine_version: string | null
  readonly dataset: string | null
  readonly report: string | null
}

function toRow(columns: RowColumns): StudyRow {
  const { id, kind, name, seed, state, reason, done, total } = columns
  const place = { id, kind, name, seed, state, reason, done, total }
  const times = { createdAt: columns.created_at, finishedAt: columns.finished_at }
  // the kind has checked its spec before it was stored
  return { ...place, ...times, spec: JSON.parse(columns.spec) as unknown } as StudyRow
}

function toStored(columns: StoredColumns): StoredStudy {
  return {
    ...toRow(columns),
    report: fromJson(columns.report),
    backend: fromJson(columns.backend) as BackendChoice | null,
    engineVersion: columns.engine_version,
    dataset: fromJson(columns.dataset) as DatasetMeta | null,
  } as StoredStudy
}

const fromJson = (text: string | null): unknown => (text === null ? null : JSON.parse(text))

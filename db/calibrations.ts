import type { CalibrationId, CalibrationRow, RunState } from '#core/contract'
import type { ExperimentSpec } from '#core/experimentSpec'
import type { BackendChoice, DatasetMeta } from '#core/jobContract'
import type { PeekReport } from '#core/peekLab/peekReport'
import type { PeekCheckpoint } from '#core/peekLab/runPeekLab'
import { decodeFrame, encodeFrame } from '#core/rpc/frame'
import { canonicalJson } from '#core/specHash'
import type { WriteDb } from './handle.ts'

/** What is stored of a calibration besides its checkpoint. */
export interface StoredCalibration extends CalibrationRow {
  readonly spec: ExperimentSpec
  readonly backend: BackendChoice | null
  readonly engineVersion: string | null
  readonly dataset: DatasetMeta | null
}

interface NewCalibration {
  readonly spec: ExperimentSpec
  readonly seed: number
  readonly repetitions: number
  readonly effect: number
  readonly dataset: DatasetMeta | null
  readonly at: string
}

/** Designs that were repeated, one row each. */
export interface Calibrations {
  /** Stored as queued. */
  create(calibration: NewCalibration): CalibrationId
  /** Newest first. */
  list(): readonly CalibrationRow[]
  get(id: CalibrationId): StoredCalibration | undefined
  checkpoint(id: CalibrationId): PeekCheckpoint | null
  /** @param finishedAt null while it may go on */
  setState(id: CalibrationId, state: RunState, reason: string | null, at: string | null): void
  setBackend(id: CalibrationId, backend: BackendChoice, engineVersion: string): void
  /** A report and the checkpoint that goes on from it, in one statement. */
  save(id: CalibrationId, done: number, report: PeekReport, checkpoint: PeekCheckpoint): void
  saveCheckpoint(id: CalibrationId, checkpoint: PeekCheckpoint): void
  /** The last report; the checkpoint is not needed any more. */
  finish(id: CalibrationId, report: PeekReport): void
  remove(id: CalibrationId): void
  /** Names of those that still need this dataset. */
  waitingFor(dataset: string): readonly string[]
}

export function calibrations(db: WriteDb): Calibrations {
  const columns = `id, spec, seed, repetitions, effect, state, reason, done, created_at, finished_at,
    backend, engine_version, dataset, report`
  const all = db.read<[], Columns>(`SELECT ${columns} FROM calibration ORDER BY id DESC`)
  const one = db.read<[CalibrationId], Columns>(`SELECT ${columns} FROM calibration WHERE id = ?`)
  const frame = db.read<[CalibrationId], { readonly checkpoint: Uint8Array | null }>(
    'SELECT checkpoint FROM calibration WHERE id = ?',
  )
  const insert = db.write<[string, number, number, number, string | null, string]>(
    `INSERT INTO calibration (spec, seed, repetitions, effect, state, dataset, created_at)
     VALUES (?, ?, ?, ?, 'queued', ?, ?)`,
  )
  const state = db.write<[RunState, string | null, string | null, CalibrationId]>(
    'UPDATE calibration SET state = ?, reason = ?, finished_at = ? WHERE id = ?',
  )
  const backend = db.write<[string, string, CalibrationId]>(
    'UPDATE calibration SET backend = ?, engine_version = ? WHERE id = ?',
  )
  const progress = db.write<[number, string, Uint8Array | null, CalibrationId]>(
    'UPDATE calibration SET done = ?, report = ?, checkpoint = ? WHERE id = ?',
  )
  const place = db.write<[Uint8Array, CalibrationId]>(
    'UPDATE calibration SET checkpoint = ? WHERE id = ?',
  )
  const remove = db.write<[CalibrationId]>('DELETE FROM calibration WHERE id = ?')
  const unfinished = db.read<[string], { readonly spec: string }>(
    `SELECT spec FROM calibration WHERE json_extract(dataset, '$.name') = ?
     AND state IN ('queued', 'running', 'paused', 'interrupted')`,
  )
  return {
    create: ({ spec, seed, repetitions, effect, dataset, at }) => {
      const meta = dataset && JSON.stringify(dataset)
      const { lastInsertRowid } = insert.run(
        canonicalJson(spec),
        seed,
        repetitions,
        effect,
        meta,
        at,
      )
      return Number(lastInsertRowid)
    },
    list: () => all.all().map((row) => toRow(row, specOf(row).name)),
    get(id) {
      const row = one.get(id)
      return row && toStored(row)
    },
    checkpoint(id) {
      const stored = frame.get(id)?.checkpoint
      if (!stored) return null
      return decodeFrame(new Uint8Array(stored).buffer) as PeekCheckpoint
    },
    setState: (id, name, reason, at) => void state.run(name, reason, at, id),
    setBackend: (id, choice, engine) => void backend.run(JSON.stringify(choice), engine, id),
    save: (id, done, report, checkpoint) =>
      void progress.run(done, JSON.stringify(report), encodeFrame(checkpoint), id),
    saveCheckpoint: (id, checkpoint) => void place.run(encodeFrame(checkpoint), id),
    finish: (id, report) => void progress.run(report.repetitions, JSON.stringify(report), null, id),
    remove: (id) => void remove.run(id),
    waitingFor: (dataset) => unfinished.all(dataset).map((row) => specOf(row).name),
  }
}

interface Columns {
  readonly id: CalibrationId
  readonly spec: string
  readonly seed: number
  readonly repetitions: number
  readonly effect: number
  readonly state: RunState
  readonly reason: string | null
  readonly done: number
  readonly created_at: string
  readonly finished_at: string | null
  readonly backend: string | null
  readonly engine_version: string | null
  readonly dataset: string | null
  readonly report: string | null
}

function toRow(columns: Columns, name: string): CalibrationRow {
  const { id, seed, effect, state, reason, done } = columns
  return {
    id,
    name,
    seed,
    effect,
    state,
    reason,
    done,
    total: columns.repetitions,
    createdAt: columns.created_at,
    finishedAt: columns.finished_at,
    report: fromJson(columns.report) as PeekReport | null,
  }
}

function toStored(columns: Columns): StoredCalibration {
  const spec = specOf(columns)
  return {
    ...toRow(columns, spec.name),
    spec,
    backend: fromJson(columns.backend) as BackendChoice | null,
    engineVersion: columns.engine_version,
    dataset: fromJson(columns.dataset) as DatasetMeta | null,
  }
}

const specOf = ({ spec }: Pick<Columns, 'spec'>) => JSON.parse(spec) as ExperimentSpec

const fromJson = (text: string | null): unknown => (text === null ? null : JSON.parse(text))

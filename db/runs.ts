import type { RunId } from '#core/contract/ids'
import type { RunRow, RunState } from '#core/contract/runs'
import type { ExperimentSpec } from '#core/experimentSpec'
import type { BackendChoice, DatasetMeta } from '#core/jobContract'
import type { RunSummary } from '#core/run/summary'
import type { ReadDb, WriteDb } from './handle.ts'

/** What is stored of a run besides its rows of results. */
export interface StoredRun extends RunRow {
  readonly spec: ExperimentSpec
  readonly specHash: string
  readonly backend: BackendChoice | null
  readonly dataset: DatasetMeta | null
  readonly engineVersion: string | null
  readonly step: number // last stored batch; −1 before the first
}

export interface NewRun {
  readonly experiment: number
  readonly seed: number
  readonly total: number // expected impressions
  readonly dataset: DatasetMeta | null
  readonly at: string
}

export interface RunReader {
  /** Newest first. */
  list(): readonly RunRow[]
  row(id: RunId): RunRow | undefined
  get(id: RunId): StoredRun | undefined
  /** The last batch that is stored; −1 before the first, and without the run. */
  step(id: RunId): number
  inState(...states: readonly RunState[]): readonly RunId[]
}

export interface RunWriter {
  create(run: NewRun): RunId
  /** @param finishedAt null while the run may go on */
  setState(id: RunId, state: RunState, reason: string | null, finishedAt: string | null): void
  setBackend(id: RunId, backend: BackendChoice, engineVersion: string): void
  setProgress(id: RunId, step: number, done: number, total: number): void
  setSummary(id: RunId, step: number, summary: RunSummary): void
  /** Back to a batch that was stored before; a summary of later batches is forgotten. */
  rewind(id: RunId, step: number, done: number): void
  /** Hides the run; `purgeDeleted` removes its rows. */
  hide(id: RunId): void
}

export function runReader(db: ReadDb): RunReader {
  const columns = `run.id, run.experiment, experiment.parent, experiment.name, run.seed, run.state,
    run.reason, run.done, run.total, run.created_at, run.finished_at, run.summary, run.tags,
    run.archived, run.pinned`
  const visible = 'FROM run JOIN experiment ON experiment.id = run.experiment WHERE deleted = 0'
  const all = db.read<[], RunColumns>(`SELECT ${columns} ${visible} ORDER BY run.id DESC`)
  const one = db.read<[RunId], StoredColumns>(
    `SELECT ${columns}, experiment.spec, experiment.spec_hash, run.backend, run.engine_version,
       run.dataset, run.step
     ${visible} AND run.id = ?`,
  )
  const last = db.read<[RunId], { readonly step: number }>('SELECT step FROM run WHERE id = ?')
  const states = db.read<[], { readonly id: RunId; readonly state: RunState }>(
    'SELECT id, state FROM run WHERE deleted = 0 ORDER BY id',
  )
  return {
    list: () => all.all().map(toRow),
    row(id) {
      const columns = one.get(id)
      return columns && toRow(columns)
    },
    get(id) {
      const columns = one.get(id)
      return columns && toStored(columns)
    },
    step: (id) => last.get(id)?.step ?? -1,
    inState: (...wanted) =>
      states
        .all()
        .filter((row) => wanted.includes(row.state))
        .map((row) => row.id),
  }
}

export function runWriter(db: WriteDb): RunWriter {
  const insert = db.write<[number, number, number, string | null, string]>(
    `INSERT INTO run (experiment, seed, state, total, dataset, created_at)
     VALUES (?, ?, 'queued', ?, ?, ?)`,
  )
  const state = db.write<[RunState, string | null, string | null, RunId]>(
    'UPDATE run SET state = ?, reason = ?, finished_at = ? WHERE id = ?',
  )
  const backend = db.write<[string, string, RunId]>(
    'UPDATE run SET backend = ?, engine_version = ? WHERE id = ?',
  )
  const progress = db.write<[number, number, number, RunId]>(
    'UPDATE run SET step = ?, done = ?, total = ? WHERE id = ?',
  )
  const summary = db.write<[string, number, RunId]>(
    'UPDATE run SET summary = ?, summary_step = ? WHERE id = ?',
  )
  const rewind = db.write<[number, number, RunId]>('UPDATE run SET step = ?, done = ? WHERE id = ?')
  const dropSummary = db.write<[RunId, number]>(
    'UPDATE run SET summary = NULL, summary_step = NULL WHERE id = ? AND summary_step > ?',
  )
  const hide = db.write<[RunId]>('UPDATE run SET deleted = 1 WHERE id = ?')
  return {
    create: (run) => {
      const dataset = run.dataset && JSON.stringify(run.dataset)
      const { lastInsertRowid } = insert.run(run.experiment, run.seed, run.total, dataset, run.at)
      return Number(lastInsertRowid)
    },
    setState: (id, name, reason, finishedAt) => void state.run(name, reason, finishedAt, id),
    setBackend: (id, choice, engine) => void backend.run(JSON.stringify(choice), engine, id),
    setProgress: (id, step, done, total) => void progress.run(step, done, total, id),
    setSummary: (id, step, value) => void summary.run(JSON.stringify(value), step, id),
    rewind(id, step, done) {
      rewind.run(step, done, id)
      dropSummary.run(id, step)
    },
    hide: (id) => void hide.run(id),
  }
}

interface RunColumns {
  readonly id: RunId
  readonly experiment: number
  readonly parent: number | null
  readonly name: string
  readonly seed: number
  readonly state: RunState
  readonly reason: string | null
  readonly done: number
  readonly total: number
  readonly created_at: string
  readonly finished_at: string | null
  readonly summary: string | null
  readonly tags: string
  readonly archived: number
  readonly pinned: number
}

interface StoredColumns extends RunColumns {
  readonly spec: string
  readonly spec_hash: string
  readonly backend: string | null
  readonly engine_version: string | null
  readonly dataset: string | null
  readonly step: number
}

function toRow(columns: RunColumns): RunRow {
  const { id, experiment, parent, name, seed, state, reason, done, total } = columns
  return {
    id,
    experiment,
    parent,
    name,
    seed,
    state,
    reason,
    done,
    total,
    createdAt: columns.created_at,
    finishedAt: columns.finished_at,
    summary: fromJson(columns.summary) as RunSummary | null,
    tags: fromJson(columns.tags) as readonly string[],
    archived: columns.archived === 1,
    pinned: columns.pinned === 1,
  }
}

function toStored(columns: StoredColumns): StoredRun {
  return {
    ...toRow(columns),
    spec: JSON.parse(columns.spec) as ExperimentSpec,
    specHash: columns.spec_hash,
    backend: fromJson(columns.backend) as BackendChoice | null,
    engineVersion: columns.engine_version,
    dataset: fromJson(columns.dataset) as DatasetMeta | null,
    step: columns.step,
  }
}

const fromJson = (text: string | null): unknown => (text === null ? null : JSON.parse(text))

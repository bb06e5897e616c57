import type { Bundle } from '#core/bundle/bundle'
import type { RunId, StudyId } from '#core/contract/ids'
import { modelHash } from '#core/model/savedModel'
import type { Checkpoint, RunBatch } from '#core/run/batch'
import { pointIndex, pointWidth } from '#core/run/point'
import type { RunSummary } from '#core/run/summary'
import { audit } from './audit.ts'
import { checkpointReader, checkpointWriter } from './checkpoints.ts'
import { columnMappings } from './columnMappings.ts'
import { datasets } from './datasets.ts'
import { datasetUses } from './datasetUses.ts'
import { experiments } from './experiments.ts'
import type { WriteDb } from './handle.ts'
import { impressionReader, impressionWriter } from './impressions.ts'
import { marks, views } from './marks.ts'
import { models, type NewModel } from './models.ts'
import { networkReader, networkWriter } from './networks.ts'
import { pointReader, pointWriter } from './points.ts'
import { reports } from './reports.ts'
import { runReader, runWriter, type NewRun } from './runs.ts'
import { segments } from './segments.ts'
import { settings } from './settings.ts'
import { studies } from './studies.ts'
import { updateReader, updateWriter } from './updates.ts'

export type Store = ReturnType<typeof createStore>

/** Rows that one turn of `purgeDeleted` may remove, so that it takes milliseconds. */
const PURGE_ROWS = 200

/** Their rows belong to a batch of a run. */
const tablesOfSteps = [
  'point',
  'impression_chunk',
  'weight_update',
  'network_record',
  'checkpoint',
] as const

/** Everything that is kept in a workspace: statements prepared once, rows in core's types. */
export function createStore(db: WriteDb) {
  const insertPoint = pointWriter(db)
  const insertChunk = impressionWriter(db)
  const insertUpdates = updateWriter(db)
  const insertNetworks = networkWriter(db)
  const insertCheckpoint = checkpointWriter(db)
  const write = runWriter(db)
  const read = runReader(db)
  const latestCheckpoint = checkpointReader(db)
  const saved = experiments(db)
  const noted = marks(db)
  const told = segments(db)
  const researched = studies(db)
  const trained = models(db)

  const lastStep = db.read<[RunId], { readonly step: number }>('SELECT step FROM run WHERE id = ?')
  const later = tablesOfSteps.map((table) =>
    db.write<[RunId, number]>(`DELETE FROM ${table} WHERE run = ? AND step > ?`),
  )
  const hidden = db.read<[], { readonly id: RunId; readonly experiment: number }>(
    'SELECT id, experiment FROM run WHERE deleted = 1 LIMIT 1',
  )
  const some = tablesOfSteps.map((table) =>
    db.write<[RunId, RunId, number]>(
      `DELETE FROM ${table} WHERE run = ? AND step IN
         (SELECT step FROM ${table} WHERE run = ? ORDER BY step LIMIT ?)`,
    ),
  )
  const size = db.read<[], { readonly bytes: number }>(
    'SELECT page_count * page_size AS bytes FROM pragma_page_count(), pragma_page_size()',
  )
  const removeRun = db.write<[RunId]>('DELETE FROM run WHERE id = ?')

  return {
    runs: { ...read, ...write },
    experiments: saved,
    impressions: impressionReader(db),
    points: pointReader(db),
    updates: updateReader(db),
    networks: networkReader(db),
    latestCheckpoint,
    studies: researched,
    models: trained,
    reports: reports(db),
    datasets: datasets(db),
    datasetUses: datasetUses(db),
    columnMappings: columnMappings(db),
    marks: noted,
    views: views(db),
    segments: told,
    settings: settings(db),
    audit: audit(db),

    /** Of the workspace's file, in bytes. */
    bytes: (): number => size.get()!.bytes,

    /** Saves the spec, or finds it, and queues a run of it. */
    startRun: db.transaction(
      (
        spec: Parameters<typeof saved.save>[0],
        parent: number | null,
        run: Omit<NewRun, 'experiment'>,
      ): RunId => write.create({ ...run, experiment: saved.save(spec, parent, run.at) }),
    ),

    /**
     * Everything a batch brought, in one transaction. It must be the one after the last stored.
     * @throws RangeError if it is not
     */
    append: db.transaction(
      (
        run: RunId,
        batch: RunBatch,
        summary: RunSummary | null,
        checkpoint: Checkpoint | null,
      ): void => {
        const last = lastStep.get(run)?.step ?? -1
        if (batch.step !== last + 1) {
          throw new RangeError(`run ${run} got batch ${batch.step} after batch ${last}`)
        }
        insertChunk(run, batch.step, batch.chunk)
        insertPoint(run, batch.step, batch.point)
        insertUpdates(run, batch.step, batch.updates)
        if (batch.networks) insertNetworks(run, batch.step, batch.networks)
        if (summary) write.setSummary(run, batch.step, summary)
        if (checkpoint) insertCheckpoint(run, checkpoint)
        write.setProgress(run, batch.step, batch.done, batch.total)
      },
    ),

    /**
     * Takes in a finished run of another workspace with its points, updates, records of its networks,
     * summary and the models that it ranks with. Impressions and checkpoints do not travel.
     */
    adopt: db.transaction((bundle: Bundle, at: string): RunId => {
      const { run, points, updates, segments: found, networks, models } = bundle
      const { spec, seed, total, dataset, backend, summary, done, state, tags } = run
      const experiment = saved.save(spec, null, at)
      const id = write.create({ experiment, seed, total, dataset, at })
      const count = points.length / pointWidth
      let from = 0
      for (let step = 0; step < count; step++) {
        const point = points.subarray(step * pointWidth, (step + 1) * pointWidth)
        const end = point[pointIndex.impressions]!
        insertPoint(id, step, point)
        insertUpdates(
          id,
          step,
          updates.filter(({ impression }) => impression > from && impression <= end),
        )
        from = end
      }
      for (const { step, record } of networks) insertNetworks(id, step, record)
      if (found) told.set(id, found)
      if (summary) write.setSummary(id, count - 1, summary)
      if (backend && summary) write.setBackend(id, backend, summary.engineVersion)
      write.setProgress(id, count - 1, done, total)
      // what was still going elsewhere does not go on here
      const hasEnded = state === 'finished' || state === 'failed'
      write.setState(id, hasEnded ? state : 'cancelled', run.reason, run.finishedAt)
      noted.set(id, { tags: [...tags] })
      for (const file of models) {
        if (trained.withHash(modelHash(file.model)) === undefined) trained.add({ ...file, at })
      }
      return id
    }),

    saveCheckpoint: insertCheckpoint,

    /** The summary of the last batch. */
    summarise: (run: RunId, summary: RunSummary): void =>
      write.setSummary(run, lastStep.get(run)?.step ?? -1, summary),

    /** The last report of a study and the models that it leaves, all or nothing. */
    finishStudy: db.transaction(
      (study: StudyId, report: unknown, left: readonly NewModel[]): void => {
        researched.finish(study, report)
        for (const model of left) trained.add(model)
      },
    ),

    /**
     * Takes the run back to its newest checkpoint, or to its start: what was stored after it will be
     * computed again, to the bit.
     */
    rewind: db.transaction((run: RunId): Checkpoint | null => {
      const checkpoint = latestCheckpoint(run)
      const step = checkpoint?.step ?? -1
      for (const statement of later) statement.run(run, step)
      write.rewind(run, step, checkpoint?.done ?? 0)
      return checkpoint
    }),

    /** Removes some rows of deleted runs. @returns whether there may be more */
    purgeDeleted: db.transaction((): boolean => {
      const run = hidden.get()
      if (!run) return false
      let removed = 0
      for (const statement of some) removed += statement.run(run.id, run.id, PURGE_ROWS).changes
      if (removed > 0) return true
      removeRun.run(run.id)
      saved.prune(run.experiment)
      return true
    }),

    close: () => db.close(),
  }
}

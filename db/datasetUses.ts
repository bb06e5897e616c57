import type { DatasetUse } from '#core/contract'
import type { ReadDb } from './handle.ts'

/** What names a dataset: newest first, what is not finished before everything else. */
export function datasetUses(db: ReadDb): (name: string) => readonly DatasetUse[] {
  const uses = db.read<[string, string, string], Columns>(
    `SELECT 'run' AS kind, run.id, experiment.name, run.state
       FROM run JOIN experiment ON experiment.id = run.experiment
       WHERE run.deleted = 0 AND json_extract(run.dataset, '$.name') = ?
     UNION ALL
     SELECT kind, id, name, state FROM study WHERE json_extract(dataset, '$.name') = ?
     UNION ALL
     SELECT 'model', model.id, model.name, 'finished'
       FROM model JOIN dataset ON dataset.hash = json_extract(model.provenance, '$.dataset')
       WHERE dataset.name = ?
     ORDER BY 2 DESC`,
  )
  return (name) => {
    const rows = uses
      .all(name, name, name)
      .map((row) => ({ ...row, needsIt: unfinishedStates.has(row.state) }))
    return rows.sort((a, b) => Number(b.needsIt) - Number(a.needsIt))
  }
}

type Columns = Omit<DatasetUse, 'needsIt'>

/** What is in them still reads what its spec names. */
export const unfinishedStates: ReadonlySet<string> = new Set([
  'queued',
  'running',
  'paused',
  'interrupted',
])

import type { DatasetUse } from '#core/contract/datasets'
import type { ReadDb } from './handle.ts'

/** What names a dataset: newest first, what is not finished before everything else. */
export function datasetUses(db: ReadDb): (name: string) => readonly DatasetUse[] {
  const uses = db.read<[string, string, string], Columns>(
    `SELECT 'run' AS kind, run.id, experiment.name, run.state, 0 AS ranks
       FROM run JOIN experiment ON experiment.id = run.experiment
       WHERE run.deleted = 0 AND json_extract(run.dataset, '$.name') = ?
     UNION ALL
     SELECT kind, id, name, state, 0 FROM study WHERE json_extract(dataset, '$.name') = ?
     UNION ALL
     SELECT 'model', model.id, model.name, 'finished',
         NOT EXISTS (SELECT 1 FROM dataset AS copy
           WHERE copy.hash = dataset.hash AND copy.name <> dataset.name)
       FROM model JOIN dataset ON dataset.hash = json_extract(model.provenance, '$.dataset')
       WHERE dataset.name = ?
     ORDER BY 2 DESC`,
  )
  return (name) => {
    const rows = uses.all(name, name, name).map(({ ranks, ...row }) => ({
      ...row,
      needsIt: ranks === 1 || unfinishedStates.has(row.state),
    }))
    return rows.sort((a, b) => Number(b.needsIt) - Number(a.needsIt))
  }
}

interface Columns extends Omit<DatasetUse, 'needsIt'> {
  /** 1 for a model that can rank on these data alone, of which there is no second copy. */
  readonly ranks: 0 | 1
}

/** What is in them still reads what its spec names. */
export const unfinishedStates: ReadonlySet<string> = new Set([
  'queued',
  'running',
  'paused',
  'interrupted',
])

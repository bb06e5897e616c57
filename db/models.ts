import type { ModelId } from '#core/contract/ids'
import type { ModelProvenance, ModelRow, ModelUse } from '#core/contract/models'
import type { ModelFile } from '#core/model/modelFile'
import { modelHash, modelSize, SavedModel } from '#core/model/savedModel'
import { decodeFrame, encodeFrame } from '#core/rpc/frame'
import { canonicalJson } from '#core/specHash'
import { unfinishedStates } from './datasetUses.ts'
import type { WriteDb } from './handle.ts'

export interface NewModel extends ModelFile {
  readonly at: string
}

/** Trained models. */
export interface Models {
  /** @returns its number, or that of the same model of the same provenance which is there already */
  add(model: NewModel): ModelId
  /** Newest first. */
  list(): readonly ModelRow[]
  row(id: ModelId): ModelRow | undefined
  /** @throws Error if the content is not what was stored */
  content(id: ModelId): SavedModel | undefined
  /** The newest model with this hash. */
  withHash(hash: string): ModelId | undefined
  /** Of that model; see `content`. */
  contentOf(hash: string): SavedModel | undefined
  /** Runs with a ranker of this model. */
  uses(hash: string): readonly ModelUse[]
  rename(id: ModelId, name: string): void
  remove(id: ModelId): void
}

export function models(db: WriteDb): Models {
  const facts = 'id, name, kind, hash, numbers, provenance, metrics, created_at'
  const all = db.read<[], Columns>(`SELECT ${facts} FROM model ORDER BY id DESC`)
  const one = db.read<[ModelId], Columns>(`SELECT ${facts} FROM model WHERE id = ?`)
  const blob = db.read<[ModelId], { readonly hash: string; readonly content: Uint8Array }>(
    'SELECT hash, content FROM model WHERE id = ?',
  )
  const byHash = db.read<[string], { readonly id: ModelId }>(
    'SELECT id FROM model WHERE hash = ? ORDER BY id DESC LIMIT 1',
  )
  const same = db.read<[string, string], { readonly id: ModelId }>(
    'SELECT id FROM model WHERE hash = ? AND provenance = ?',
  )
  const uses = db.read<[string], Omit<ModelUse, 'needsIt'>>(
    `SELECT run.id, experiment.name, run.state
       FROM run JOIN experiment ON experiment.id = run.experiment
       WHERE run.deleted = 0 AND EXISTS (
         SELECT 1 FROM json_each(experiment.spec, '$.rankers')
           WHERE json_extract(value, '$.kind') = 'model' AND json_extract(value, '$.model') = ?)
       ORDER BY run.id DESC`,
  )
  const content = (id: ModelId): SavedModel | undefined => {
    const row = blob.get(id)
    if (!row) return undefined
    const model = SavedModel.parse(decodeFrame(new Uint8Array(row.content).buffer))
    if (modelHash(model) === row.hash) return model
    throw new Error(`model ${id} is damaged: its content does not have the hash ${row.hash}`)
  }
  const insert = db.write<[string, string, string, number, string, string, string, Uint8Array]>(
    `INSERT INTO model (name, kind, hash, numbers, provenance, metrics, created_at, content)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (hash, provenance) DO NOTHING`,
  )
  const rename = db.write<[string, ModelId]>('UPDATE model SET name = ? WHERE id = ?')
  const remove = db.write<[ModelId]>('DELETE FROM model WHERE id = ?')
  return {
    add({ name, model, provenance, metrics, at }) {
      const [hash, size] = [modelHash(model), modelSize(model)]
      const origin = canonicalJson(provenance)
      const figures = JSON.stringify(metrics)
      insert.run(name, model.kind, hash, size, origin, figures, at, encodeFrame(model))
      return same.get(hash, origin)!.id
    },
    list: () => all.all().map(toRow),
    row(id) {
      const row = one.get(id)
      return row && toRow(row)
    },
    content,
    withHash: (hash) => byHash.get(hash)?.id,
    contentOf(hash) {
      const row = byHash.get(hash)
      return row && content(row.id)
    },
    uses: (hash) =>
      uses.all(hash).map((row) => ({ ...row, needsIt: unfinishedStates.has(row.state) })),
    rename: (id, name) => void rename.run(name, id),
    remove: (id) => void remove.run(id),
  }
}

interface Columns {
  readonly id: ModelId
  readonly name: string
  readonly kind: string
  readonly hash: string
  readonly numbers: number
  readonly provenance: string
  readonly metrics: string
  readonly created_at: string
}

const toRow = ({ created_at, provenance, metrics, ...row }: Columns): ModelRow => ({
  ...row,
  provenance: JSON.parse(provenance) as ModelProvenance,
  metrics: JSON.parse(metrics) as ModelRow['metrics'],
  createdAt: created_at,
})

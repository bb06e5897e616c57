import type { DatasetMeta } from '#core/jobContract'
import type { WriteDb } from './handle.ts'

/** Metadata of the files beside the workspace. `path` is the file's name in their folder. */
export interface Datasets {
  /** By name. */
  list(): readonly DatasetMeta[]
  get(name: string): DatasetMeta | undefined
  /** @throws if the name is taken */
  add(meta: DatasetMeta, at: string): void
  remove(name: string): void
  /** Whether any dataset, under whatever name, has this content. */
  holds(hash: string): boolean
}

export function datasets(db: WriteDb): Datasets {
  const all = db.read<[], Columns>('SELECT meta FROM dataset ORDER BY name')
  const one = db.read<[string], Columns>('SELECT meta FROM dataset WHERE name = ?')
  const sameContent = db.read<[string], Columns>('SELECT meta FROM dataset WHERE hash = ? LIMIT 1')
  const insert = db.write<[string, string, string, string]>(
    'INSERT INTO dataset (name, hash, meta, imported_at) VALUES (?, ?, ?, ?)',
  )
  const remove = db.write<[string]>('DELETE FROM dataset WHERE name = ?')
  return {
    list: () => all.all().map(toMeta),
    get(name) {
      const row = one.get(name)
      return row && toMeta(row)
    },
    add: (meta, at) => void insert.run(meta.name, meta.hash, JSON.stringify(meta), at),
    remove: (name) => void remove.run(name),
    holds: (hash) => sameContent.get(hash) !== undefined,
  }
}

interface Columns {
  readonly meta: string
}

const toMeta = (row: Columns): DatasetMeta => JSON.parse(row.meta) as DatasetMeta

import type { DatasetMeta } from '#core/dataset/datasetMeta'
import type { DatasetProfile } from '#core/dataset/datasetProfile'
import type { WriteDb } from './handle.ts'

/** Metadata of the files beside the workspace. `path` is the file's name in their folder. */
export interface Datasets {
  /** By name. */
  list(): readonly DatasetMeta[]
  get(name: string): DatasetMeta | undefined
  detail(name: string): StoredDataset | undefined
  /** @throws if the name is taken */
  add(meta: DatasetMeta, profile: DatasetProfile, at: string): void
  /** @returns false when there is none of that name */
  setNote(name: string, note: string): boolean
  remove(name: string): void
  /** Whether any dataset, under whatever name, has this content. */
  holds(hash: string): boolean
}

interface StoredDataset {
  readonly meta: DatasetMeta
  readonly profile: DatasetProfile | null // null when it was imported by an earlier version
  readonly note: string
  readonly importedAt: string // ISO 8601
}

export function datasets(db: WriteDb): Datasets {
  const all = db.read<[], Columns>('SELECT meta FROM dataset ORDER BY name')
  const one = db.read<[string], Columns>('SELECT meta FROM dataset WHERE name = ?')
  const whole = db.read<[string], DetailColumns>(
    'SELECT meta, profile, note, imported_at AS importedAt FROM dataset WHERE name = ?',
  )
  const sameContent = db.read<[string], Columns>('SELECT meta FROM dataset WHERE hash = ? LIMIT 1')
  const insert = db.write<[string, string, string, string, string]>(
    'INSERT INTO dataset (name, hash, meta, profile, imported_at) VALUES (?, ?, ?, ?, ?)',
  )
  const setNote = db.write<[string, string]>('UPDATE dataset SET note = ? WHERE name = ?')
  const remove = db.write<[string]>('DELETE FROM dataset WHERE name = ?')
  return {
    list: () => all.all().map(toMeta),
    get(name) {
      const row = one.get(name)
      return row && toMeta(row)
    },
    detail(name) {
      const row = whole.get(name)
      if (!row) return undefined
      const { profile, note, importedAt } = row
      const parsed = profile === null ? null : (JSON.parse(profile) as DatasetProfile)
      return { meta: toMeta(row), profile: parsed, note, importedAt }
    },
    add: (meta, profile, at) =>
      void insert.run(meta.name, meta.hash, JSON.stringify(meta), JSON.stringify(profile), at),
    setNote: (name, note) => setNote.run(note, name).changes > 0,
    remove: (name) => void remove.run(name),
    holds: (hash) => sameContent.get(hash) !== undefined,
  }
}

interface Columns {
  readonly meta: string
}

interface DetailColumns extends Columns {
  readonly profile: string | null
  readonly note: string
  readonly importedAt: string
}

const toMeta = (row: Columns): DatasetMeta => JSON.parse(row.meta) as DatasetMeta

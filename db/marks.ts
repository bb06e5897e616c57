import type { RunId } from '#core/contract/ids'
import type { RunMark, SavedView } from '#core/contract/runs'
import type { WriteDb } from './handle.ts'

export interface Marks {
  /** Changes what is given. A new baseline takes the place of the old one. */
  set(run: RunId, mark: RunMark): void
  /** The baseline, if one is pinned. */
  pinned(): RunId | undefined
}

export function marks(db: WriteDb): Marks {
  const tags = db.write<[string, RunId]>('UPDATE run SET tags = ? WHERE id = ?')
  const archived = db.write<[number, RunId]>('UPDATE run SET archived = ? WHERE id = ?')
  const unpin = db.write<[]>('UPDATE run SET pinned = 0 WHERE pinned = 1')
  const pin = db.write<[number, RunId]>('UPDATE run SET pinned = ? WHERE id = ?')
  const baseline = db.read<[], { readonly id: RunId }>(
    'SELECT id FROM run WHERE pinned = 1 AND deleted = 0 LIMIT 1',
  )
  return {
    set: db.transaction((run: RunId, mark: RunMark) => {
      if (mark.tags) tags.run(JSON.stringify([...new Set(mark.tags)].sort()), run)
      if (mark.archived !== undefined) archived.run(mark.archived ? 1 : 0, run)
      if (mark.pinned !== undefined) {
        if (mark.pinned) unpin.run()
        pin.run(mark.pinned ? 1 : 0, run)
      }
    }),
    pinned: () => baseline.get()?.id,
  }
}

export interface Views {
  /** By name. */
  list(): readonly SavedView[]
  /** A view of that name is replaced. */
  save(view: SavedView): void
  remove(name: string): void
}

export function views(db: WriteDb): Views {
  const all = db.read<[], SavedView>('SELECT name, query FROM saved_view ORDER BY name')
  const upsert = db.write<[string, string]>(
    'INSERT INTO saved_view VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET query = excluded.query',
  )
  const remove = db.write<[string]>('DELETE FROM saved_view WHERE name = ?')
  return {
    list: () => all.all(),
    save: ({ name, query }) => void upsert.run(name, query),
    remove: (name) => void remove.run(name),
  }
}

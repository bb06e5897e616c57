import { APPLICATION_ID, checkIdentity } from './format.ts'
import type { WriteDb } from './handle.ts'
import { migrations } from './migrations/index.ts'

/**
 * Brings the file to the newest version, one transaction per step.
 * @throws WorkspaceError if it belongs to another program or to a later version of this one
 */
export function migrate(db: WriteDb, path: string): void {
  const version = pragma(db, 'user_version')
  const isNew = version === 0 && tableCount(db) === 0
  if (!isNew) checkIdentity(path, pragma(db, 'application_id'), version)
  migrations.slice(version).forEach((step, i) => {
    db.transaction(() => {
      db.execute(step.sql)
      db.execute(`PRAGMA application_id = ${APPLICATION_ID}`)
      db.execute(`PRAGMA user_version = ${version + i + 1}`)
    })()
  })
}

function pragma(db: WriteDb, name: 'user_version' | 'application_id'): number {
  const row = db.read<[], Record<string, number>>(`PRAGMA ${name}`).get()
  return row?.[name] ?? 0
}

function tableCount(db: WriteDb): number {
  return (
    db.read<[], { readonly n: number }>('SELECT count(*) AS n FROM sqlite_schema').get()?.n ?? 0
  )
}

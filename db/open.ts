import Database from 'better-sqlite3'
import type { ReadDb, ReadStatement, WriteDb, WriteStatement } from './handle.ts'
import { WorkspaceError } from './workspaceError.ts'

/** Node-API level of the SQLite binding. Below it, opening a file ends the process with SIGSEGV. */
const NODE_API = 10

export const IN_MEMORY = ':memory:'

/**
 * Opens or creates a SQLite file as it is: no check, no lock, no migration.
 * @param patienceMilliseconds how long a statement waits for another process
 * @throws WorkspaceError if this runtime can not load SQLite
 */
export function connect(path: string, patienceMilliseconds = 1000): WriteDb {
  if (Number(process.versions.napi) < NODE_API) {
    throw new WorkspaceError(
      'RUNTIME',
      `SQLite needs Node 22.14 or newer (Node-API ${NODE_API}); this is Node ${process.versions.node}`,
    )
  }
  const db = new Database(path, { timeout: patienceMilliseconds })
  db.pragma('foreign_keys = ON')
  db.pragma('synchronous = NORMAL')
  return {
    read: <P extends readonly unknown[], R>(sql: string) => {
      const statement = db.prepare(sql)
      if (!statement.readonly) throw new TypeError(`a reading statement would write: ${sql}`)
      return statement as unknown as ReadStatement<P, R>
    },
    write: <P extends readonly unknown[]>(sql: string) =>
      db.prepare(sql) as unknown as WriteStatement<P>,
    transaction: (f) => db.transaction(f),
    execute: (sql) => void db.exec(sql),
    close: () => void db.close(),
  }
}

/** What SQLite itself finds wrong with the file, line by line; empty when it is sound. */
export function integrityProblems(db: ReadDb): readonly string[] {
  return db
    .read<[], { readonly integrity_check: string }>('PRAGMA integrity_check')
    .all()
    .map((row) => row.integrity_check)
    .filter((line) => line !== 'ok')
}

import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { checkFile } from './checkFile.ts'
import type { WriteDb } from './handle.ts'
import { lockWorkspace } from './lock.ts'
import { migrate } from './migrate.ts'
import { connect, IN_MEMORY } from './open.ts'
import { WorkspaceError } from './workspaceError.ts'

/**
 * Opens or creates a workspace, as its only host, and brings it up to date. Closing the handle lets
 * the next host in.
 * @param path of the SQLite file, or ':memory:'
 * @throws WorkspaceError with a sentence for the user; the file is then as it was
 */
export function openWorkspace(path: string): WriteDb {
  if (path === IN_MEMORY) return prepared(connect(path), path)
  checkFile(path)
  const unlock = named(path, () => {
    mkdirSync(dirname(path), { recursive: true })
    return lockWorkspace(path)
  })
  try {
    const db = named(path, () => prepared(connect(path), path))
    return {
      ...db,
      close() {
        db.close()
        unlock()
      },
    }
  } catch (error) {
    unlock()
    throw error
  }
}

function prepared(db: WriteDb, path: string): WriteDb {
  try {
    migrate(db, path)
    // after the migration, since a file of someone else's must not be switched to a log
    db.execute('PRAGMA journal_mode = WAL')
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

/** Runs `f`; what the system says about the file becomes a sentence that names it. */
function named<T>(path: string, f: () => T): T {
  try {
    return f()
  } catch (error) {
    const code = (error as { readonly code?: string }).code ?? ''
    if (/^SQLITE_(CORRUPT|NOTADB)/.test(code)) {
      throw new WorkspaceError(
        'CORRUPT',
        `${path} is damaged; restore it from a backup or choose another file`,
        { cause: error },
      )
    }
    if (/^(SQLITE_(READONLY|CANTOPEN|PERM)|EACCES|EPERM|EROFS|ENOENT|ENOTDIR|EEXIST)/.test(code)) {
      throw new WorkspaceError(
        'READ_ONLY',
        `${path} can not be written; check the rights of the file and of its folder`,
        { cause: error },
      )
    }
    throw error
  }
}

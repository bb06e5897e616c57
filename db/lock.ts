import type { WriteDb } from './handle.ts'
import { connect, IN_MEMORY } from './open.ts'
import { WorkspaceError } from './workspaceError.ts'

/**
 * Makes this process the only host of a workspace. The lock is one of the operating system's, held
 * through an open write transaction on a file beside the workspace, so it ends with the process,
 * however that ends.
 * @returns its disposer
 * @throws WorkspaceError that names the process which has the workspace
 */
export function lockWorkspace(path: string): () => void {
  if (path === IN_MEMORY) return () => undefined
  const lock = connect(`${path}.lock`, 0)
  try {
    // written and committed first: a reserved lock lets others read who holds it
    lock.transaction(() => {
      lock.execute('CREATE TABLE IF NOT EXISTS holder (pid INTEGER NOT NULL)')
      lock.execute('DELETE FROM holder')
      lock.write<[number]>('INSERT INTO holder VALUES (?)').run(process.pid)
    })()
    lock.execute('BEGIN IMMEDIATE')
    return () => lock.close()
  } catch (error) {
    const holder = isBusy(error) ? readHolder(lock) : undefined
    lock.close()
    if (!isBusy(error)) throw error
    throw new WorkspaceError(
      'LOCKED',
      `${path} is already open in another Duelist${holder ? ` (process ${holder})` : ''}; ` +
        'close that one or choose another file',
      { cause: error },
    )
  }
}

const isBusy = (error: unknown): boolean =>
  ((error as { readonly code?: string }).code ?? '').startsWith('SQLITE_BUSY')

function readHolder(lock: WriteDb): number | undefined {
  try {
    return lock.read<[], { readonly pid: number }>('SELECT pid FROM holder').get()?.pid
  } catch {
    return undefined // the other one is only just writing it
  }
}

import { migrations } from './migrations/index.ts'
import { WorkspaceError } from './workspaceError.ts'

/** "Duel" in ASCII; SQLite keeps it in the file's header. */
export const APPLICATION_ID = 0x4475656c

export const newestVersion = migrations.length

/**
 * Refuses what another program or a later version of this one has written.
 * @throws WorkspaceError
 */
export function checkIdentity(path: string, application: number, version: number): void {
  if (application !== APPLICATION_ID) {
    throw new WorkspaceError('FOREIGN', `${path} belongs to another program; choose another file`)
  }
  if (version > newestVersion) {
    throw new WorkspaceError(
      'NEWER',
      `${path} was written by a newer version of Duelist (format ${version}; this one knows up to ` +
        `${newestVersion}); update Duelist or choose another file`,
    )
  }
}

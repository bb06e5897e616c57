/**
 * Why a workspace can not be opened. The message is a sentence for the user; nothing was changed.
 *
 * `RUNTIME` this Node can not load SQLite · `FOREIGN` no workspace of this program · `NEWER` written
 * by a later version · `CORRUPT` damaged · `READ_ONLY` no right to write · `LOCKED` open elsewhere
 */
export class WorkspaceError extends Error {
  override readonly name = 'WorkspaceError'
  readonly code: WorkspaceErrorCode

  constructor(code: WorkspaceErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}

export type WorkspaceErrorCode =
  'RUNTIME' | 'FOREIGN' | 'NEWER' | 'CORRUPT' | 'READ_ONLY' | 'LOCKED'

import type { StorageFault } from '#core/contract/app'
import { RpcError } from '#core/rpc/rpcError'

/** What keeps the disk from taking what is written; null for an error of another kind. */
export function storageFault(error: unknown): StorageFault | null {
  const { code = '' } = error as { readonly code?: unknown }
  if (typeof code !== 'string') return null
  if (/^(SQLITE_FULL|ENOSPC|EDQUOT)/.test(code)) return 'full'
  if (/^(SQLITE_READONLY|EROFS)/.test(code)) return 'readOnly'
  return /^(SQLITE_IOERR|EIO|EFBIG)/.test(code) ? 'refused' : null
}

/** The same in a sentence with its remedy. */
export const storageWords: Readonly<Record<StorageFault, string>> = {
  full: 'the disk with the workspace is full: free some space, then try again',
  readOnly:
    'the workspace can no longer be written: check the rights of its file and folder, then try again',
  refused: 'the disk with the workspace refuses to write: check it and its limits, then try again',
}

/** The same for whoever asked; null for an error of another kind. */
export function storageError(error: unknown): RpcError | null {
  const fault = storageFault(error)
  return fault === null ? null : new RpcError('STORAGE', storageWords[fault])
}

import { RpcError } from '#core/rpc/rpcError'
import { WorkspaceError } from '#db/workspaceError'
import { UsageError } from './usageError.ts'

const inputCodes: ReadonlySet<string> = new Set(['BAD_INPUT', 'BAD_FILE', 'NOT_FOUND', 'FOREIGN'])

/** Whether the user can put it right by writing something else. */
export function isBadInput(error: unknown): boolean {
  if (error instanceof UsageError) return true
  return (
    (error instanceof RpcError || error instanceof WorkspaceError) && inputCodes.has(error.code)
  )
}

const LISTED_FIELDS = 10

/** What is said of it, with the first fields of a file that can not be read. */
export function sentence(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (!(error instanceof RpcError) || error.code !== 'BAD_FILE') return error.message
  const fields = error.fields.slice(0, LISTED_FIELDS).map(({ message }) => `\n  ${message}`)
  const more = error.fields.length - fields.length
  return `${error.message}${fields.join('')}${more > 0 ? `\n  and ${more} more` : ''}`
}

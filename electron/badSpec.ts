import type { SpecIssue } from '#core/contract/specs'
import { RpcError } from '#core/rpc/rpcError'

/** What a spec that can not be run is answered with: every field and why. */
export function badSpec(issues: readonly SpecIssue[]): RpcError {
  const fields = issues.map(({ path, message }) => ({ path, message }))
  return new RpcError('BAD_INPUT', fields.map(({ message }) => message).join('\n'), fields)
}
